// Who of a call is there and who is late, and the pictures of those who are.
import panel from "./panel.js";

const MINUTE = 60_000;

export default function people(page, mesh) {
  const list = page.querySelector("[data-call-people]");
  const pictures = page.querySelector("[data-call-pictures]");
  const words = list.dataset;
  const begins = Date.parse(page.dataset.begins);
  const comes = new Map();
  // Told before there is a picture, and after.
  const devices = new Map();
  const door = panel(page);
  let here = new Set();

  function lineOf({ id, name }) {
    const found = list.querySelector(`[data-person="${id}"]`);
    if (found) return found;
    const drawn = page.querySelector("[data-call-member]").content.firstElementChild.cloneNode(true);
    drawn.dataset.person = id;
    drawn.querySelector("[data-name]").textContent = name;
    list.append(drawn);
    return drawn;
  }

  function wordOf(person, isExpected) {
    if (page.hasAttribute("data-over")) return "";
    const peer = mesh()?.peers.get(person)?.peer;
    const isMe = person === Number(page.dataset.me);
    if (peer?.isConnected || (isMe && mesh()?.isIn)) return words.in;
    if (peer?.wasConnected) return words.away;
    if (mesh()?.gone.has(person)) return words.gone;
    const late = announced(person);
    if (late) return words.comes.replace("{time}", door.span(late.until - Date.now()));
    if (here.has(person) || isMe) return words.here;
    return isExpected && Date.now() > begins + MINUTE ? words.late : words.absent;
  }

  function announced(person) {
    const late = comes.get(person);
    return late && Date.now() < late.until ? late : null;
  }

  function draw() {
    for (const [number, line] of [...list.querySelectorAll("[data-person]")].entries()) {
      const status = line.querySelector("[data-status]");
      // Whoever is let in later is not late.
      const word = wordOf(Number(line.dataset.person), number < 2);
      if (status.textContent !== word) status.textContent = word;
    }
    const isAbsent = !here.has(door.other) && !mesh()?.gone.has(door.other);
    door.draw({ begins, isAbsent, until: announced(door.other)?.until, word: wordOf(door.other, false) });
  }

  function pictureOf(person, name) {
    const found = pictures.querySelector(`[data-of="${person}"]`);
    if (found) return found;
    const drawn = page.querySelector("[data-call-picture]").content.firstElementChild.cloneNode(true);
    drawn.dataset.of = person;
    drawn.querySelector("[data-name]").textContent = name;
    drawn.querySelector("[data-face]").textContent = initials(name);
    drawn.querySelector("video").srcObject = new MediaStream();
    pictures.prepend(drawn);
    equip(person);
    return drawn;
  }

  function equip(person) {
    const drawn = pictures.querySelector(`[data-of="${person}"]`);
    const told = devices.get(person);
    if (!drawn || !told) return;
    drawn.toggleAttribute("data-seen", told.camera);
    drawn.querySelector("[data-muted]").hidden = told.microphone;
  }

  setInterval(draw, 10_000);
  draw();
  return {
    draw,
    here: (found) => ((here = new Set(found)), draw()),
    known: (found) => (found.forEach(lineOf), draw()),
    // Minutes count from when somebody said so.
    late: (person, minutes, at) => (comes.set(person, { minutes, until: Date.parse(at) + minutes * MINUTE }), draw()),
    came: (person) => comes.delete(person) && draw(),
    track(person, name, track) {
      const video = pictureOf(person, name).querySelector("video");
      video.srcObject.getTracks().forEach((one) => one.kind === track.kind && video.srcObject.removeTrack(one));
      video.srcObject.addTrack(track);
      video.play().catch(() => {});
    },
    devices: (person, told) => (devices.set(person, told), equip(person)),
    parted: (person) => pictures.querySelector(`[data-of="${person}"]`)?.remove(),
  };
}

// As `initials` of the site has it.
const initials = (name) => name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("");
