// Says once, where messages are read, what became of that which was typed before.
import dismiss from "./dismiss.js";

function say(template) {
  const place = document.getElementById("messages");
  const notice = document.querySelector(template);
  if (!place || !notice || place.querySelector("[data-typed-kept]")) return null;
  place.append(notice.content.cloneNode(true));
  const said = place.querySelector("[data-typed-kept]");
  dismiss(said.querySelector("[data-dismiss]"));
  return said;
}

// It is in the form again.
export function tellKept() {
  say("template[data-typed-notice]");
}

// The form shows something newer: it is put in only when somebody asks for it.
export function offerKept(bringBack) {
  const said = say("template[data-typed-offer]");
  said?.querySelector("[data-bring-back]").addEventListener("click", () => {
    said.remove();
    bringBack();
    document.getElementById("main")?.focus({ preventScroll: true });
    tellKept();
  });
}
