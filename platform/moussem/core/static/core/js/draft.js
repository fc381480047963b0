// What is typed in form[data-draft=name] stays on this device until the form is accepted.
const SECRET = new Set(["password", "file", "hidden", "submit", "button", "reset"]);

const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) => field.name && !SECRET.has(field.type) && !field.autocomplete?.startsWith("cc-"),
  );

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function restore(form, saved) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in saved)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = saved[field.name].includes(field.value);
    } else if (field.multiple && field.options) {
      for (const option of field.options) option.selected = saved[field.name].includes(option.value);
    } else {
      field.value = saved[field.name][0] ?? "";
    }
  }
}

function collect(form) {
  const typed = {};
  for (const field of fieldsOf(form)) {
    typed[field.name] ??= [];
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) typed[field.name].push(field.value);
    } else if (field.multiple && field.options) {
      typed[field.name].push(...[...field.selectedOptions].map((option) => option.value));
    } else {
      typed[field.name].push(field.value);
    }
  }
  return typed;
}

export default function draft(form) {
  const key = `draft:${form.dataset.draft}`;
  const notice = form.querySelector("[data-draft-notice]");
  const saved = read(key);
  // A form that comes back with errors already holds what was typed.
  const refused = form.querySelector("[aria-invalid='true']") !== null;
  if (saved && !refused) {
    restore(form, saved);
    if (notice) notice.hidden = false;
  }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => localStorage.setItem(key, JSON.stringify(collect(form))), 400);
  });
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    localStorage.removeItem(key);
    location.reload();
  });
}
