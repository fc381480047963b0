// What the people of a call ask each other: to record, to go on longer, to let somebody in.
const MOST = 3;

// Before what was pressed goes away, the focus goes on to what stays.
export function leave(page, box) {
  if (!box.contains(document.activeElement)) return;
  const mute = page.querySelector("[data-call-mute]");
  (mute.checkVisibility() ? mute : page.querySelector("#asked")).focus({ preventScroll: true });
}

export default function questions(page, { room, me, write, windows }) {
  const part = page.querySelector("[data-call-asked]");
  const list = part.querySelector("[data-call-questions]");
  const open = page.querySelector("[data-call-open]");
  const known = new Map();
  const guests = part.querySelector("[data-call-invite]");
  let people = [...page.querySelectorAll("[data-call-people] [data-person]")].map((line) => ({
    id: Number(line.dataset.person),
    name: line.querySelector("bdi").textContent,
  }));
  let changed = () => {};

  const nameOf = (person) => (person === me ? part.dataset.you : people.find(({ id }) => id === person)?.name ?? "");
  const isRecord = ({ what }) => what === "record";
  // A recording is for whoever is in the call now; the two who were called first decide about the rest.
  const needed = (one) => (isRecord(one) ? [...windows().keys()] : people.slice(0, 2).map(({ id }) => id));
  const missing = (one) => needed(one).filter((person) => !one.yes.includes(person) && !one.no.includes(person));
  // Who said yes has left the call, or is back in it: what was agreed on is over for everybody.
  const isOver = ({ yes, windows: said }) => yes.some((person) => said[person] !== windows().get(person));

  function standing(one) {
    if (one.impossible) return "impossible";
    if (isRecord(one) && !windows().size) return "";
    if (one.stopped.length) return "stopped";
    if (one.no.length) return "refused";
    if (isRecord(one) && isOver(one)) return "over";
    if (isRecord(one) && windows().size < 2) return "alone";
    return missing(one).length ? "waits" : "agreed";
  }

  function tell(place, one) {
    place.dataset.seq = one.seq;
    place.querySelector("[data-name]").textContent = nameOf(one.by);
    place.querySelector("[data-what]").textContent = part.dataset[one.what];
    place.querySelector("[data-whom]").textContent = one.person?.name ?? "";
  }

  function lineOf(one) {
    const found = list.querySelector(`[data-seq="${one.seq}"]`);
    if (found) return found;
    const line = page.querySelector("[data-call-question]").content.firstElementChild.cloneNode(true);
    tell(line, one);
    // What is new stands where one looks first.
    list.prepend(line);
    return line;
  }

  function draw(one) {
    const line = lineOf(one);
    const outcome = standing(one);
    const whose = { waits: missing(one), refused: one.no, stopped: one.stopped }[outcome] ?? [];
    const told = [part.dataset[outcome] ?? "", whose.map(nameOf).filter(Boolean).join(", ")];
    line.querySelector("[data-outcome]").textContent = told.filter(Boolean).join(" ");
    part.hidden = false;
  }

  // What waits for one's own answer stands above the pictures, the oldest first.
  function ask() {
    const waits = [...known.values()].find((one) => standing(one) === "waits" && missing(one).includes(me));
    const isNew = Boolean(waits) && (open.hidden || open.dataset.seq !== String(waits.seq));
    if (!waits) leave(page, open);
    open.hidden = !waits;
    if (!isNew) return;
    tell(open, waits);
    // Nobody misses on a telephone what they are asked.
    open.scrollIntoView({ block: "nearest" });
  }

  // Whoever was let in is offered no seat any more, and of three there is none.
  function offer() {
    if (!guests) return;
    for (const { id } of people) guests.querySelector(`option[value="${id}"]`)?.remove();
    guests.hidden = people.length >= MOST || !guests.elements.person.length;
  }

  function drawAll() {
    known.forEach(draw);
    offer();
    ask();
    part.querySelector("[data-call-ask=record]").hidden = !windows().has(me);
    changed();
  }

  const say = (name, told) => write(name, { room, window: windows().get(me), ...told });

  for (const button of open.querySelectorAll("[data-answer]")) {
    button.onclick = () => say("call.answer", { asked: Number(open.dataset.seq), yes: button.dataset.answer === "yes" });
  }
  for (const button of part.querySelectorAll("[data-call-ask]")) {
    button.onclick = () => say("call.ask", { what: button.dataset.callAsk });
  }
  guests?.addEventListener("submit", (event) => {
    event.preventDefault();
    say("call.ask", { what: "guest", person: Number(event.target.elements.person.value) });
  });

  return {
    // The last recording that all agree on at this moment.
    get recording() {
      return [...known.values()].findLast((one) => isRecord(one) && standing(one) === "agreed");
    },
    onChange: (call) => (changed = call),
    drawAll,
    // One's yes is taken back here at once, and elsewhere as soon as it is heard.
    take(back) {
      if (!back) return;
      say("call.answer", { asked: back.seq, yes: false });
      back.yes = back.yes.filter((person) => person !== me);
      back.no.push(me);
      back.stopped.push(me);
      drawAll();
    },
    known(told) {
      people = told.people;
      for (const one of told.agreements) known.set(one.seq, one);
      drawAll();
      part.hidden = false;
    },
    heard({ seq, body: { kind, by, data } }) {
      const { what, person, window } = data;
      if (kind === "asked") known.set(seq, { seq, what, by: by.id, person, yes: [by.id], no: [], stopped: [], windows: { [by.id]: window } });
      const one = known.get(data.asked);
      if (kind === "impossible" && one) one.impossible = true;
      if (kind === "answered" && one) {
        const isBack = !data.yes && (one.yes.includes(by.id) || one.stopped.includes(by.id));
        one.stopped = [...one.stopped.filter((each) => each !== by.id), ...(isBack ? [by.id] : [])];
        for (const side of ["yes", "no"]) one[side] = one[side].filter((each) => each !== by.id);
        one[data.yes ? "yes" : "no"].push(by.id);
        one.windows[by.id] = window;
      }
      drawAll();
    },
  };
}
