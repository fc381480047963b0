// The pages of moderators and speakers: few read them, so what changes is fetched as the site draws it.
import Link from "./link.js";
import { bodyOf } from "./spoken.js";

const SOON = 400;
const SLOWLY = 2_500;
const SECOND = 1_000;

function attach(page) {
  const room = Number(page.dataset.room);
  const { language, person } = page.dataset;
  const site = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`;
  const link = new Link({
    address: `${site}${page.dataset.socket}?language=${language}`,
    addressOf: (one) => page.dataset.questions.replace("/0/", `/${one}/`),
    token: page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
    person,
  });
  const state = page.querySelector("[data-live-state]");
  const refusedAbove = page.querySelector("[data-live-all-refused]");
  let due = 0;
  let at = Infinity;

  // What somebody is typing is not taken from under their hands.
  const isHeld = (part) =>
    [...part.querySelectorAll("option")].some((one) => one.selected !== one.defaultSelected) ||
    [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue) ||
    (part.contains(document.activeElement) && document.activeElement.matches("textarea, input, select"));

  const toTheNewest = () => {
    const lines = page.querySelector("[data-live-part=captions]");
    if (lines) lines.scrollTop = lines.scrollHeight;
  };

  async function refresh() {
    at = Infinity;
    const answer = await fetch(location.href, { cache: "no-store", redirect: "error" }).catch(() => null);
    if (!answer?.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of page.querySelectorAll("[data-live-part]")) {
      const fresh = drawn.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      if (!fresh || isHeld(part) || fresh.innerHTML === part.innerHTML) continue;
      const open = [...part.querySelectorAll("details")].map((one) => one.open);
      // Forms are other ones each time; news is what is read.
      const isNews = part.textContent !== fresh.textContent && ["questions", "said"].includes(part.dataset.livePart);
      // Whoever goes through the links by keyboard goes on from the same one.
      const href = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
      part.replaceChildren(...fresh.childNodes);
      if (href) part.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
      if (open.some(Boolean))
        part.querySelectorAll("details").forEach((one, number) => (one.open = open[number] ?? false));
      if (isNews) part.dispatchEvent(new Event("live-news", { bubbles: true }));
    }
    toTheNewest();
  }

  function soon(wait) {
    if (Date.now() + wait >= at) return;
    clearTimeout(due);
    at = Date.now() + wait;
    due = setTimeout(refresh, wait);
  }

  function heard(frame) {
    if (frame.event === "presence") {
      page.querySelector("[data-live-people]").textContent = frame.body.people;
      soon(SLOWLY);
    } else if (frame.event === "reactions") return;
    else soon(frame.event === "entry" || frame.event === "queue" ? SOON : SLOWLY);
  }

  page.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-live-do]");
    if (!form) return;
    event.preventDefault();
    const { name, body } = bodyOf(form, room);
    const refused = form.querySelector("[data-live-refused]") ?? refusedAbove;
    const button = event.submitter;
    if (button) button.disabled = true;
    try {
      // Whatever happens to the answer, the same thing sent again is the same.
      await link.ask(name, body);
      if (refused) refused.textContent = "";
      form.reset();
      form.closest("[data-merge]")?.removeAttribute("open");
      if (form.elements.uuid) form.elements.uuid.value = newUuid(form.elements.uuid.value);
      // Whoever went on to another form stays there.
      if (form.contains(document.activeElement)) document.activeElement.blur();
      await refresh();
      form.elements.text?.focus();
    } catch (refusal) {
      if (refused) refused.textContent = refusal.message ?? page.dataset.notNow;
    } finally {
      if (button) button.disabled = false;
    }
  });

  link.addEventListener("state", ({ detail }) => {
    state.dataset.state = detail;
    state.textContent = state.dataset[detail.replace(/-(\w)/g, (_dash, letter) => letter.toUpperCase())] ?? "";
  });

  const clock = page.querySelector("[data-live-clock]");
  const left = clock?.querySelector("[data-live-left]");
  function tick() {
    const seconds = Math.round((new Date(clock.dataset.ends) - Date.now()) / 1000);
    const [minutes, rest] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
    left.textContent = `${seconds < 0 ? "−" : ""}${minutes}:${String(rest).padStart(2, "0")}`;
    clock.toggleAttribute("data-late", seconds < 0);
    clock.toggleAttribute("data-soon", seconds >= 0 && seconds < 300);
  }
  if (clock) {
    tick();
    setInterval(tick, SECOND);
  }
  toTheNewest();
  link.enter(room, Number(page.dataset.last), heard);
}

// Another one of the same shape: the last twelve digits of it are new.
function newUuid(old) {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return old.slice(0, 24) + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

document.querySelectorAll("[data-live-leads]").forEach(attach);
