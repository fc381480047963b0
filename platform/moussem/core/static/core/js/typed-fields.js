// The fields of a form whose content may stay on this device: nothing secret, no card, no file.
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);
const marked = (field) => field.type === "checkbox" || field.type === "radio";
const choosesSeveral = (field) => Boolean(field.multiple && field.options);

const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) => field.name && !NEVER.has(field.type) && !field.autocomplete?.startsWith("cc-"),
  );

// What the page showed, as its form carries it: the server compares it with what stands when it is sent.
const carriedBy = (form) =>
  [...form.elements].filter((field) => field.type === "hidden" && field.name.startsWith("initial-"));

// The rows of a long list are carried in one field, a comma between two.
const rowsOf = (field) => field.value.split(",").filter(Boolean);
const carriedIn = (field) => ("rows" in field.dataset ? rowsOf(field) : [field.value]);

// Rows of a long list that are ticked and have no box on this page.
const besideIn = (form) => [...form.elements].filter((field) => field.dataset?.beside);

// A box says "on" where what was shown says "True"; nothing chosen is said in several ways, and in any order.
function spoken(values) {
  const chosen = values.filter((value) => value && value !== "False");
  return JSON.stringify(chosen.map((value) => (value === "True" ? "on" : value)).sort());
}

// Whether nobody typed in a form that carries what it showed.
function holdsWhatWasShown(form, typed) {
  const sent = asSent(form);
  const shown = {};
  for (const field of carriedBy(form)) {
    (shown[field.name.slice("initial-".length)] ??= []).push(...carriedIn(field));
  }
  return Object.entries(typed).every(([name, values]) => {
    // A list that was shown empty carries nothing; a search within a list neither.
    const isList = form.elements[name]?.length > 0;
    return spoken(values) === spoken(shown[name] ?? (isList ? [] : sent[name]));
  });
}

// What was typed in the form: for each name its values, in the order of the page; with it what the page showed,
// since put back alone it would pass for a change of something newer. Nothing where nobody typed.
export function collect(form) {
  const typed = {};
  for (const field of fieldsOf(form)) {
    typed[field.name] ??= [];
    if (marked(field)) {
      if (field.checked) typed[field.name].push(field.value);
    } else if (choosesSeveral(field)) {
      typed[field.name].push(...[...field.selectedOptions].map((option) => option.value));
    } else {
      typed[field.name].push(field.value);
    }
  }
  for (const field of besideIn(form)) (typed[field.dataset.beside] ??= []).push(...rowsOf(field));
  const carried = carriedBy(form);
  if (carried.length && holdsWhatWasShown(form, typed)) return {};
  for (const { name, value } of carried) (typed[name] ??= []).push(value);
  return typed;
}

// The form carries what the page showed on which this was typed.
function carryAsThen(form, typed) {
  const now = carriedBy(form);
  const then = Object.entries(typed).filter(([name]) => name.startsWith("initial-"));
  if (!now.length || !then.length) return;
  const ofRows = new Set(now.filter((field) => "rows" in field.dataset).map((field) => field.name));
  for (const field of now) field.remove();
  for (const [name, values] of then) {
    for (const value of values) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      if (ofRows.has(name)) field.dataset.rows = "";
      form.append(field);
    }
  }
}

// What was ticked among rows that a search had found, and that have no box on this page, stays ticked.
function tickBeside(form, typed) {
  for (const beside of besideIn(form)) {
    const name = beside.dataset.beside;
    if (!typed[name]) continue;
    const boxes = new Set(fieldsOf(form).filter((field) => field.name === name).map((field) => field.value));
    const rows = [...new Set(typed[name])].filter((value) => !boxes.has(value));
    beside.value = rows.join(",");
    const note = beside.parentElement.querySelector("[data-beside-note]");
    note.hidden = !rows.length;
    note.querySelector("[data-beside-count]").textContent = rows.length;
  }
}

// What the server sent, whatever was typed over it since, in the same shape.
export function asSent(form) {
  const sent = {};
  for (const field of fieldsOf(form)) {
    sent[field.name] ??= [];
    if (marked(field)) {
      if (field.defaultChecked) sent[field.name].push(field.value);
    } else if (field.options) {
      const chosen = [...field.options].filter((option) => option.defaultSelected);
      sent[field.name].push(...chosen.map((option) => option.value));
    } else {
      sent[field.name].push(field.defaultValue);
    }
  }
  return sent;
}

// Puts back what was collected; whether the form then holds something else than before.
export function restore(form, typed) {
  const before = JSON.stringify(collect(form));
  const places = {};
  for (const field of fieldsOf(form)) {
    const values = typed[field.name];
    // A field that is fixed now shows what holds.
    if (!values || field.disabled) continue;
    if (marked(field)) {
      field.checked = values.includes(field.value);
    } else if (choosesSeveral(field)) {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else {
      const value = values[(places[field.name] = (places[field.name] ?? -1) + 1)] ?? "";
      const offered = !field.options || [...field.options].some((option) => option.value === value);
      if (offered) field.value = value;
    }
  }
  tickBeside(form, typed);
  carryAsThen(form, typed);
  return JSON.stringify(collect(form)) !== before;
}
