// The page of a door: a code comes in, a big answer comes out, with or without a network.
import { decide } from "./allowed.js";
import camera from "./camera.js";
import stay from "./stay.js";
import store from "./store.js";
import { fetchBundle, sendScans } from "./talk.js";
import { readCode, serialTyped, tidy } from "./token.js";
import sentence from "./words.js";

const app = document.querySelector("[data-door]");
const { bundle: BUNDLE, scans: SCANS } = app.dataset;
const EVERY = 30_000;
const CHOSEN = `doorChosen:${app.dataset.store}`;
const part = (name) => app.querySelector(`[data-${name}]`);
// "signed-out" is the attribute data-signed-out, which a script knows as signedOut.
const word = (name) => app.dataset[name.replace(/-(\w)/g, (_dash, letter) => letter.toUpperCase())];
const kept = store(app.dataset.store, app.dataset.scan);
const device = (localStorage.doorDevice ??= crypto.randomUUID().slice(0, 8));
let bundle = null;
let badges = { serial: new Map(), number: new Map() };
let turn = Promise.resolve();

// One after the other: two scans of a badge must see each other.
const inTurn = (act) => (turn = turn.then(act, act));

function take(fresh) {
  bundle = fresh;
  badges = { serial: new Map(), number: new Map() };
  for (const row of bundle.badges) badges.serial.set(row[0], row) && badges.number.set(row[1], row);
  const select = part("doors");
  const chosen = Number(localStorage[CHOSEN]) || bundle.doors[0]?.id;
  select.replaceChildren(...bundle.doors.map((one) => new Option(one.name, one.id, false, one.id === chosen)));
  part("none").hidden = bundle.doors.length > 0;
  part("inside").textContent = bundle.inside;
}

function stepsOf(serial) {
  return (bundle.passages[serial] ?? []).map(([at, way, door, hall = 0]) => ({ at, way, door, hall }));
}

function note(serial, at, way, { name, hall }) {
  (bundle.passages[serial] ??= []).push([at, way, name, hall]);
  bundle.passages[serial].sort((one, other) => one[0] - other[0]);
}

function show(answer, row, local) {
  const result = part("result");
  result.dataset.outcome = answer.outcome;
  result.querySelectorAll("[data-face]").forEach((face) => (face.hidden = face.dataset.face !== answer.outcome));
  part("name").textContent = row ? row[2] : "";
  part("of").textContent = row ? row[3] : "";
  part("role").textContent = row ? (bundle.roles[row[4]] ?? row[4]) : "";
  part("number").textContent = row ? row[1] : "";
  part("sentence").textContent = answer.sentence ?? sentence(bundle, answer);
  part("alone").hidden = !local;
  result.hidden = false;
  result.scrollIntoView({ block: "nearest" });
  navigator.vibrate?.(answer.outcome === "refused" ? [120, 60, 120] : 60);
}

async function alone(code, scan) {
  const at = Math.floor(scan.at / 1000);
  const shown = code.startsWith("M1.")
    ? await readCode(code, bundle.edition, bundle.keys)
    : { verdict: "typed", serial: serialTyped(code) ?? badges.number.get(code.toUpperCase())?.[0] };
  const row = badges.serial.get(shown.serial);
  const listed = row ? { role: row[4], revoked_at: row[5] } : null;
  const door = bundle.doors.find((one) => one.id === scan.door);
  const answer = decide(shown, listed, door, stepsOf(shown.serial), scan.way, at);
  if (answer.outcome !== "refused") note(shown.serial, at, scan.way, door);
  const nameless = shown.serial && shown.verdict !== "typed" ? [shown.serial, `№ ${shown.serial}`, word("unlisted"), "", shown.role] : null;
  return { answer, row: row ?? nameless };
}

async function check(given) {
  const code = tidy(given);
  const door = Number(part("doors").value);
  if (!bundle || !door) return;
  if (!code) return show({ outcome: "nothing", code: "empty", about: {} }, null, false);
  const way = app.querySelector("[name=way]:checked").value;
  const scan = { key: crypto.randomUUID(), door, code, way, at: Date.now() };
  if (navigator.onLine) {
    try {
      const told = await sendScans(SCANS, bundle.token, device, [scan]);
      const answer = told.answers[scan.key];
      if (answer.outcome !== "refused") note(answer.badge[0], answer.at, way, part("doors").selectedOptions[0].text);
      part("inside").textContent = bundle.inside = told.inside;
      show(answer, answer.badge, false);
      reach("");
      await kept.keepBundle(bundle);
      return await sync().catch((trouble) => reach(trouble.name, trouble.sentence));
    } catch (trouble) {
      reach(trouble.name, trouble.sentence);
      if (trouble.name === "dismissed") return drop();
    }
  }
  const { answer, row } = await alone(code, scan);
  await kept.queue({ ...scan, shown: answer.outcome }, row ? `${row[1]} ${row[2]}` : "");
  await kept.keepBundle(bundle);
  show(answer, row, true);
  await count();
}

// Whoever keeps the door no more has no list of names, and lets nobody in; what was scanned stays.
const drop = () => kept.keepBundle((bundle = null));

async function count() {
  const waiting = (await kept.queued()).length;
  part("waiting").textContent = waiting;
  part("waits").hidden = !waiting;
  // What was decided here is with the site now.
  part("alone").hidden ||= !waiting;
}

function reach(trouble, sentence = "") {
  const name = trouble || (navigator.onLine ? "online" : "offline");
  app.dataset.reach = name;
  part("reach").textContent = sentence || word(name) || word("offline");
  part("sign-in").hidden = name !== "signed-out";
  part("stale").hidden = name === "online";
}

function tell(words) {
  const line = document.createElement("li");
  line.textContent = words;
  line.dir = "auto";
  part("conflicts").append(line);
  part("conflict").hidden = false;
}

async function sync() {
  let waiting = await kept.queued();
  while (waiting.length) {
    const some = waiting.slice(0, 100);
    const { answers, inside } = await sendScans(SCANS, bundle.token, device, some);
    for (const { key, code } of some) {
      const answer = answers[key];
      if (!answer) continue;
      const named = `${answer.badge?.[1] ?? code.slice(0, 20)} ${answer.badge?.[2] ?? ""} – ${answer.sentence}`;
      if (answer.conflict) tell(named);
      await kept.taken(key, answer.conflict ? named : "");
    }
    part("inside").textContent = inside;
    waiting = waiting.slice(100);
  }
  await count();
}

async function refresh() {
  try {
    // The token of a page that was kept may be an old one: it comes with the bundle.
    const fresh = await fetchBundle(BUNDLE);
    if (bundle) bundle.token = fresh.token;
    else take(fresh);
    await sync();
    take((await fetchBundle(BUNDLE)) ?? fresh);
    await kept.keepBundle(bundle);
    reach("");
  } catch (trouble) {
    reach(trouble.name, trouble.sentence);
    if (trouble.name === "dismissed") await drop();
  }
}

const known = await kept.bundle();
if (known) take(known);
await count();
await inTurn(refresh);
part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = part("code");
  const code = field.value;
  field.value = "";
  // A reader in the hand types into the field; on a telephone the keyboard would hide the answer.
  if (matchMedia("(pointer: fine)").matches) field.focus();
  else field.blur();
  inTurn(() => check(code));
});
part("doors").addEventListener("change", (event) => (localStorage[CHOSEN] = event.target.value));
part("seen").addEventListener("click", () => {
  part("conflicts").replaceChildren();
  part("conflict").hidden = true;
});
addEventListener("online", () => inTurn(refresh));
addEventListener("offline", () => reach("offline"));
setInterval(() => inTurn(refresh), EVERY);
app.dataset.ready = "";
stay(app);
// Where nobody passes, nothing is looked at.
part("camera").hidden = part("form").hidden || !(await camera(part("video"), (code) => inTurn(() => check(code))));
