// The page of a conversation at a stand: who answers, and what is shown, as it stands now. A visitor who walks on
// leaves word where to be called.
import redraw from "./parts.js";

const KEY = "left-going";
const page = document.querySelector("[data-live-thread]");
const room = page.querySelector("[data-live-room]");

room.addEventListener("live-frame", ({ detail: frame }) => {
  const isChange = frame.event === "entry" && frame.body.kind !== "chat";
  if (isChange || frame.event === "closed") redraw();
  if (frame.event === "closed") localStorage.removeItem(KEY);
});

if (page.dataset.waits) {
  const { stand, address, module, calls, answers } = page.dataset;
  const { socket, questions, language, person } = room.dataset;
  const left = { stand, address, module, calls, answers, socket, questions, language, person };
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...left, room: Number(room.dataset.room) }));
  } catch {
    // A device without room: they are told by mail.
  }
}
