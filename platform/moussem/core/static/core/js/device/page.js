// [data-device]: what was written here and has arrived, was refused, or waits; and the pages that are kept.
import { moment } from "./as-of.js";
import { REFUSED, SENT, WAITING, deliver, flush, itemsOf, nameOf, personHere, settle, throwAway } from "./outbox.js";

const KEPT = "kept";
const SHOWN_SENT = 20;
const EVERY = 4_000;
const inCache = async (address) => (await caches.match(address, { cacheName: KEPT }))?.text();

// The copy of this page that the device keeps names nobody; whom the kept pages are for is known.
async function whose() {
  const isCopy = "kept" in document.documentElement.dataset;
  return personHere() || (isCopy ? await inCache("/kept/person") : "") || "";
}

function lineOf(box, item) {
  const line = box.querySelector("template[data-item]").content.firstElementChild.cloneNode(true);
  const part = (name) => line.querySelector(`[data-${name}]`);
  line.dataset.state = item.state;
  part("what").textContent = item.what ?? box.dataset.live;
  part("title").textContent = item.title;
  part("title").href = item.page;
  part("text").textContent = item.text ?? "";
  part("text").hidden = !item.text;
  part("said").textContent = item.state === REFUSED ? item.said || box.dataset.gone : "";
  part("said").hidden = item.state !== REFUSED;
  part("when").textContent = moment(new Date(item.settled ?? item.at));
  part("again").hidden = item.state !== REFUSED || Boolean(item.scan);
  part("away").hidden = item.state === SENT;
  part("again").addEventListener("click", async () => {
    const { state, said } = await deliver(item);
    await settle(item.uuid, state, said);
  });
  part("away").addEventListener("click", async () => {
    if (confirm(box.dataset.sure)) await throwAway(item.uuid);
  });
  return line;
}

async function report(box, person) {
  const items = person ? await itemsOf(person).catch(() => []) : [];
  for (const state of [SENT, REFUSED, WAITING]) {
    const some = items.filter((item) => item.state === state);
    box.querySelector(`[data-count=${state}]`).textContent = some.length;
    box.querySelector(`[data-figure=${state}]`).toggleAttribute("data-none", !some.length);
    const shown = state === SENT ? some.slice(-SHOWN_SENT).reverse() : some;
    const part = box.querySelector(`[data-part=${state}]`);
    part.hidden = !shown.length;
    const held = document.activeElement?.closest("li")?.parentElement === part.querySelector("ul");
    part.querySelector("ul").replaceChildren(...shown.map((item) => lineOf(box, item)));
    // Whoever pressed a button in a line goes on at the head of the report.
    if (held) box.querySelector("h2").focus();
  }
}

// A page that was opened in several ways is one to who reads the list: as it is without any, else the latest.
function onePerPath(pages) {
  const shown = new Map();
  for (const one of pages.sort((one, other) => one.isPlain - other.isPlain || one.at - other.at)) shown.set(one.pathname, one);
  return [...shown.values()];
}

async function keptPages(box, person) {
  if (!person || !("caches" in window) || (await inCache("/kept/person")) !== person) return;
  const cache = await caches.open(KEPT);
  const found = [];
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    const at = Number(answer.headers.get("X-Kept-At"));
    if (!at) continue;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    const { pathname, search } = new URL(request.url);
    found.push({ address: request.url, pathname, isPlain: !search, at, size: Number(answer.headers.get("X-Kept-Size")), title: nameOf(drawn) });
  }
  const lines = onePerPath(found)
    .sort((one, other) => one.title.localeCompare(other.title))
    .map(({ address, at, title }) => {
      const line = box.querySelector("template[data-page]").content.firstElementChild.cloneNode(true);
      Object.assign(line.querySelector("a"), { href: address, textContent: title });
      line.querySelector("[data-when]").textContent = moment(new Date(at));
      return line;
    });
  box.querySelector("[data-nothing]").hidden = lines.length > 0;
  const size = Math.ceil(found.reduce((sum, one) => sum + one.size, 0) / 1000);
  box.querySelector("[data-size]").textContent = size;
  box.querySelector("[data-filled]").value = size;
  box.querySelector("ul").replaceChildren(...lines);
}

// A device says that it is online before it is: what was asked for is shown once the site answers.
async function goOnceThereIsANetwork() {
  for (;;) {
    await new Promise((done) => {
      setTimeout(done, EVERY);
      addEventListener("online", done, { once: true });
    });
    const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
    if (answer?.ok) return location.reload();
  }
}

export default async function device(page) {
  const isCopy = "kept" in document.documentElement.dataset;
  page.querySelector("[data-away-from]").hidden = location.pathname === page.dataset.device;
  page.querySelector("[data-pictures]").hidden = isCopy;
  const person = await whose();
  const box = page.querySelector("[data-report]");
  page.querySelector("[data-nobody]").hidden = Boolean(person);
  const again = () => report(box, person);
  await again();
  addEventListener("outbox", again);
  await keptPages(page.querySelector("[data-kept-pages]"), person);
  if (isCopy) goOnceThereIsANetwork();
  else await flush();
  page.dataset.ready = "";
}
