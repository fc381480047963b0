// Whoever signs out leaves nothing that they had typed, and no page that was kept, to whoever sits down next.
import { dropAllDrafts } from "./drafts.js";

// What waits is sent first; what cannot be is thrown away only by who says so.
async function leaveNothing() {
  const { SENT, empty, flush, isAnythingKept, itemsOf, personHere } = await import("./device/outbox.js");
  const { forgetPages } = await import("./device/here.js");
  const words = document.querySelector("template[data-outbox-words]");
  const person = personHere();
  if (isAnythingKept()) {
    await flush();
    const left = (await itemsOf(person)).filter((item) => item.state !== SENT);
    if (left.length && !confirm(words.dataset.leave.replace("{number}", left.length))) return false;
    await empty(person);
  }
  await forgetPages();
  return true;
}

export default function signOut(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // A device that keeps nothing, or fails at it, holds nobody back.
    if (!(await leaveNothing().catch(() => true))) return;
    dropAllDrafts();
    form.submit();
  });
}
