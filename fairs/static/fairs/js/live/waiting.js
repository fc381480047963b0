// Somebody who asked a stand goes on walking: on every page they are told when they are called or answered.
import Link from "./link.js";

const KEY = "left-going";

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
  // A page of a live room has a link of its own, which tells it.
  if (document.querySelector("[data-live-room], [data-live-stand]")) return;
  const site = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`;
  const link = new Link({
    address: `${site}${left.socket}?language=${left.language}`,
    addressOf: (room) => left.questions.replace("/0/", `/${room}/`),
    token: document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
    person: left.person,
  });
  link.addEventListener("called", () => tell(main, left.calls, left.stand, left.address));
  link.addEventListener("answered", () => tell(main, left.answers, left.stand, left.address));
  link.addEventListener("state", ({ detail }) => {
    if (detail === "not-yours") localStorage.removeItem(KEY);
  });
  link.enter(left.room, null, ({ event }) => {
    if (event === "closed") localStorage.removeItem(KEY);
  });
}
