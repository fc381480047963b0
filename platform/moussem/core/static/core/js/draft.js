// What is typed in form[data-draft=name] stays on this device until the form is accepted.
import { draftOf, dropDraft, keepDraft } from "./drafts.js";
import { asSent, collect, restore } from "./typed-fields.js";
import { offerKept, tellKept } from "./typed-notice.js";

export default function draft(form) {
  const name = form.dataset.draft;
  const saved = draftOf(name);
  // A form that comes back with errors already holds what was typed.
  const refused = document.querySelector("main [data-error-summary]") !== null;
  const shown = JSON.stringify(asSent(form));
  // What the server showed when the typing began: that which was typed is a change of that, and of nothing newer.
  const of = refused && saved ? saved.of : shown;
  let timer;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    keepDraft(name, { of, typed: collect(form) });
  };
  const putBack = () => restore(form, saved.typed);
  if (saved?.typed && !refused) {
    if (saved.of === shown) {
      if (putBack()) tellKept();
    } else if (JSON.stringify(saved.typed) !== JSON.stringify(collect(form))) {
      offerKept(() => putBack() && save());
    }
  }
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
    dropDraft(name);
    location.reload();
  });
}
