// What is typed in form[data-draft=name] stays on this device until the form is accepted.
import { collect, restore } from "./typed-fields.js";
import tellKept from "./typed-notice.js";

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

export default function draft(form) {
  const key = `draft:${form.dataset.draft}`;
  const saved = read(key);
  // A form that comes back with errors already holds what was typed.
  const refused = form.querySelector("[aria-invalid='true']") !== null;
  if (saved && !refused && restore(form, saved)) tellKept();
  let timer;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    localStorage.setItem(key, JSON.stringify(collect(form)));
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  // The last word typed before a link is pressed is kept as well.
  window.addEventListener("pagehide", () => {
    if (timer !== undefined) save();
  });
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    clearTimeout(timer);
    timer = undefined;
    localStorage.removeItem(key);
    location.reload();
  });
}
