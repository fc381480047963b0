// Somebody who asked a stand goes on walking: on every page they are told when they are called or answered.
import Link from "./link.js";

const KEY = "left-going";

// Word that was left about a room is taken back; what was left about another one since stays.
export function takeBack(room) {
  try {
    if (JSON.parse(localStorage.getItem(KEY) ?? "null")?.room === room) localStorage.removeItem(KEY);
  } catch {
    // Nothing is kept here.
  }
}

// A line at the head of the page that leads to the conversation.
export function tell(main, words, name, address) {
  document.querySelector("[data-live-told]")?.remove();
  const told = document.createElement("div");
  told.className = "message message--success";
  told.dataset.liveTold = "";
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = address;
  link.dir = "auto";
  link.textContent = name;
  line.append(`${words} `, link);
  told.append(line);
  (document.querySelector("#messages") ?? main).prepend(told);
}

export default function goOn(main, left) {
  const told = (words) => ({ detail: { room, body } }) => {
    // The page of the conversation itself shows it.
    if (document.querySelector(`[data-live-room][data-room="${room}"]`)) return;
    // They may wait at several stands, and left word at the last one.
    tell(main, words, body.name, left.address.replace(`/${left.room}/`, `/${room}/`));
  };
  addEventListener("called", told(left.calls));
  addEventListener("answered", told(left.answers));
  // A page of a live room has a link of its own, which hears it.
  if (document.querySelector("[data-live-room], [data-live-stand], [data-live-leads]")) return;
  const site = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`;
  const link = new Link({
    address: `${site}${left.socket}?language=${left.language}`,
    addressOf: (room) => left.questions.replace("/0/", `/${room}/`),
    token: document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
    person: left.person,
  });
  link.addEventListener("state", ({ detail }) => {
    if (detail === "not-yours") takeBack(left.room);
  });
  link.enter(left.room, null, ({ event }) => {
    if (event === "closed") takeBack(left.room);
  });
}
