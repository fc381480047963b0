// The page of a stand and its desk: being here counts as presence, and who receives and waits is drawn anew.
import Link from "./link.js";
import redraw from "./parts.js";

const SLOWLY = 2_500;
const page = document.querySelector("[data-live-stand]");
const { room, last, language, person, socket, questions } = page.dataset;
const site = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`;
const link = new Link({
  address: `${site}${socket}?language=${language}`,
  addressOf: (one) => questions.replace("/0/", `/${one}/`),
  token: page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
  person,
});

// What is about a product begins with its name; what was typed already stays.
const text = page.querySelector("#text");
for (const link of text ? page.querySelectorAll("[data-about]") : []) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const { about } = link.dataset;
    if (!text.value.includes(about)) text.value = text.value.trim() ? `${text.value.trimEnd()}\n${about}` : about;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  });
}

for (const name of ["called", "answered"]) addEventListener(name, () => redraw());
link.enter(Number(room), Number(last), ({ event, body }) => {
  // What was said in a conversation is for the desk to see.
  if (event === "stand") {
    if (!body.said || "desk" in page.dataset) redraw();
  }
  // People come and go all the time; nobody who looks elsewhere is drawn that.
  else if (event === "presence" && !document.hidden) redraw(SLOWLY);
});
document.addEventListener("visibilitychange", () => document.hidden || redraw());
