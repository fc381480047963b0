// Says once, where messages are read, that what was typed before is in the form again.
import dismiss from "./dismiss.js";

export default function tellKept() {
  const place = document.getElementById("messages");
  const notice = document.querySelector("template[data-typed-notice]");
  if (!place || !notice || place.querySelector("[data-typed-kept]")) return;
  place.append(notice.content.cloneNode(true));
  dismiss(place.querySelector("[data-typed-kept] [data-dismiss]"));
}
