// The outbox of this device. An item is a form, or a command of a live room, with a UUID of its own and the word
// of the person who wrote it. It waits until the site has answered, is sent in its order, and arrives once.
import { drop, newUuid, rewrite, writeDown, written } from "./store.js";

export const WAITING = "waiting";
export const REFUSED = "refused";
export const SENT = "sent";
// What was sent is told of for a while.
const SENT_KEPT = 200;
// Pages look into the outbox only where there is something.
const FLAG = "outbox";
const PATIENCE = 15_000;
const AT_ONCE = 10_000;
const WAITS = 10;
// A fault of the site that this one item meets so often holds up the others no longer.
const FAULTS = 3;

export const personHere = () => document.querySelector("[data-person]")?.dataset.person ?? "";
export const isAnythingKept = () => {
  try {
    return localStorage.getItem(FLAG) !== null;
  } catch {
    return false;
  }
};
export const itemsOf = async (person) => (await written()).filter((item) => item.person === person);

// What a page is about: its heading, and its title without the name of the site.
export function nameOf(page) {
  const heading = page.querySelector("h1")?.textContent.trim() ?? "";
  const title = page.title.split(" · ").slice(0, -1).join(" · ");
  return title.includes(heading) ? title : `${heading} · ${title}`;
}

const tell = () => dispatchEvent(new CustomEvent("outbox"));

// Keep something; false where the device has no room, or gives none.
export async function post(item) {
  try {
    const about = { at: Date.now(), state: WAITING, page: location.pathname + location.search, title: nameOf(document) };
    await writeDown({ uuid: newUuid(), person: personHere(), ...about, ...item });
    localStorage.setItem(FLAG, "");
    tell();
    return true;
  } catch {
    return false;
  }
}

// What became of an item. What was sent keeps its name and none of its words.
export async function settle(uuid, state, said = "") {
  const item = (await written()).find((one) => one.uuid === uuid);
  if (!item) return;
  // Said while there was a network, and heard at once: nothing to tell.
  if (state === SENT && item.prompt && Date.now() - item.at < AT_ONCE) return throwAway(uuid);
  const { form: _form, frame: _frame, text: _text, scan: _scan, ...rest } = item;
  await rewrite({ ...(state === SENT ? rest : item), state, said, settled: Date.now() });
  const sent = (await written()).filter((one) => one.state === SENT);
  const oldest = sent.slice(0, -SENT_KEPT).map((one) => one.id);
  await drop((one) => oldest.includes(one.id));
  tell();
}

export async function throwAway(uuid) {
  await drop((item) => item.uuid === uuid);
  if (!(await written()).length) localStorage.removeItem(FLAG);
  tell();
}

// Nothing is left of what a person wrote here.
export async function empty(person) {
  await drop((item) => item.person === person);
  if (!(await written()).length) localStorage.removeItem(FLAG);
}

const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";

function requestOf({ uuid, person, form, frame }, isShown) {
  const headers = { Accept: "application/json", "X-CSRFToken": token(), "X-Person": person };
  if (frame) return { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(frame) };
  const body = new URLSearchParams(form);
  body.set("once", uuid);
  if (!isShown) body.set("later", "1");
  return { method: "POST", headers, body };
}

// Send one item: what came of it (sent, refused, or waiting still), where it leads, and what the site says.
export async function deliver(item, isShown = false) {
  let answer;
  try {
    const options = { ...requestOf(item, isShown), signal: AbortSignal.timeout(PATIENCE), cache: "no-store", redirect: "error" };
    answer = await fetch(item.address, options);
  } catch {
    return { state: WAITING, why: "offline" };
  }
  const told = await answer.json().catch(() => null);
  if (answer.ok && told) return { state: SENT, to: told.to, said: told.said ?? "" };
  // A refusal has a code; without one, 403 means that the page is of an older session.
  if (answer.status === 401 || (answer.status === 403 && !told?.code)) return { state: WAITING, why: "signed-out" };
  if (answer.status === 429 || answer.status >= 500)
    return { state: WAITING, why: answer.status === 429 ? "busy" : "fault", seconds: Number(told?.facts?.seconds) || 5 };
  // A page in the place of an answer: what this was for is not there any more.
  return { state: REFUSED, said: told?.message ?? "" };
}

// Everything that waits, one after the other, from one window alone. A room that is open here sends for itself,
// and so does a door. False where something could not be sent.
export async function flush() {
  const person = personHere();
  if (!person || !navigator.onLine) return false;
  let isDone = true;
  await navigator.locks?.request("outbox", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const isElsewhere = ({ room, scan }) => scan || (room && document.querySelector(`[data-room="${room}"]`));
    const waiting = (await itemsOf(person)).filter((item) => item.state === WAITING && !isElsewhere(item));
    let patience = WAITS;
    for (const item of waiting) {
      let { state, said, why, seconds } = await deliver(item);
      let faults = why === "fault" ? 1 : 0;
      // Order is worth more than haste: nothing overtakes what is to be sent a little later.
      while ((why === "busy" || why === "fault") && faults < FAULTS && patience-- > 0) {
        await new Promise((done) => setTimeout(done, 1000 * seconds));
        ({ state, said, why, seconds } = await deliver(item));
        if (why === "fault") faults += 1;
      }
      if (!why) await settle(item.uuid, state, said);
      else isDone = false;
      if (why && why !== "fault") break;
    }
  });
  return isDone;
}
