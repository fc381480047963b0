// The fields of a form whose content may stay on this device: nothing secret, no card, no file.
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);
const marked = (field) => field.type === "checkbox" || field.type === "radio";
const choosesSeveral = (field) => Boolean(field.multiple && field.options);

const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) => field.name && !NEVER.has(field.type) && !field.autocomplete?.startsWith("cc-"),
  );

// Whether a field holds what its form carries as shown: such a field is nobody's typing, and put back later
// it would take away what somebody else has written since.
function holdsWhatWasShown(form, name, values) {
  const carried = [...form.elements].filter(
    (field) => field.type === "hidden" && field.name === `initial-${name}`,
  );
  // A box says "on" where what was shown says "True".
  const shown = carried.map(({ value }) => (value === "True" ? "on" : value)).filter((value) => value !== "False");
  return carried.length > 0 && JSON.stringify(shown) === JSON.stringify(values);
}

// What was typed in the form: for each name its values, in the order of the page.
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
  for (const [name, values] of Object.entries(typed)) {
    if (holdsWhatWasShown(form, name, values)) delete typed[name];
  }
  return typed;
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
    if (!values) continue;
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
  return JSON.stringify(collect(form)) !== before;
}
