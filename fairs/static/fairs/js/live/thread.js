// The page of a conversation at a stand: who answers, and what is shown, as it stands now. A visitor who walks on
// leaves word where to be called.
import redraw from "./parts.js";
import { takeBack } from "./waiting.js";

const KEY = "left-going";
const page = document.querySelector("[data-live-thread]");
const room = page.querySelector("[data-live-room]");

// Who answers from now on, and what is shown, stand between what is said.
function note({ seq, body: { kind, by, data } }) {
  const log = room.querySelector("[data-live-log]");
  if (log.querySelector(`[data-seq="${seq}"]`)) return;
  const drawn = page.querySelector("[data-live-note]").content.firstElementChild.cloneNode(true);
  const name = (kind === "taken" ? data.person : by)?.name;
  drawn.dataset.seq = seq;
  drawn.querySelector("[data-name]").textContent = name || room.dataset.somebody;
  drawn.querySelector(kind === "taken" ? "[data-card]" : "[data-taken]").remove();
  if (kind === "card") drawn.querySelector("[data-title]").textContent = data.title;
  log.insertBefore(drawn, log.querySelector("[data-waiting]"));
  drawn.scrollIntoView({ block: "nearest" });
}

room.addEventListener("live-frame", ({ detail: frame }) => {
  if (["card", "taken"].includes(frame.body?.kind)) note(frame);
  const isChange = frame.event === "entry" && frame.body.kind !== "chat";
  if (isChange || frame.event === "closed") redraw();
  if (frame.event === "closed") takeBack(Number(room.dataset.room));
});

if (page.dataset.waits) {
  // Whoever receives comes and goes in another room.
  setInterval(() => document.hidden || redraw(), 60_000);
  const { address, module, calls, answers } = page.dataset;
  const { socket, questions, language, person } = room.dataset;
  const left = { address, module, calls, answers, socket, questions, language, person };
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...left, room: Number(room.dataset.room) }));
  } catch {
    // A device without room: they are told by mail.
  }
}
