// What the people of a call ask each other: to record, to go on longer, to let somebody in.
export default function questions(page, { room, me, write }) {
  const part = page.querySelector("[data-call-asked]");
  const list = part.querySelector("[data-call-questions]");
  const known = new Map();
  let people = [];
  let changed = () => {};

  const nameOf = (person) => (person === me ? part.dataset.you : people.find(({ id }) => id === person)?.name ?? "");
  const needed = (what) => (what === "record" ? people : people.slice(0, 2)).map(({ id }) => id);
  const isAgreed = ({ what, yes }) => needed(what).every((one) => yes.includes(one));

  function draw(one) {
    let line = list.querySelector(`[data-seq="${one.seq}"]`);
    if (!line) {
      line = page.querySelector("[data-call-question]").content.firstElementChild.cloneNode(true);
      line.dataset.seq = one.seq;
      line.querySelector("[data-name]").textContent = nameOf(one.by);
      line.querySelector("[data-what]").textContent = part.dataset[one.what];
      line.querySelector("[data-whom]").textContent = one.person?.name ?? "";
      for (const button of line.querySelectorAll("[data-answer]")) {
        button.onclick = () => write("call.answer", { room, asked: one.seq, yes: button.dataset.answer === "yes" });
      }
      list.append(line);
    }
    const outcome = isAgreed(one) ? "agreed" : one.no.length ? "refused" : "waits";
    line.querySelector("[data-outcome]").textContent = part.dataset[outcome];
    const isMine = needed(one.what).includes(me) && !one.yes.includes(me) && !one.no.includes(me);
    line.querySelector("[data-answers]").hidden = !isMine;
    part.hidden = false;
  }

  const drawAll = () => {
    known.forEach(draw);
    changed();
  };

  for (const button of part.querySelectorAll("[data-call-ask]")) {
    button.onclick = () => write("call.ask", { room, what: button.dataset.callAsk });
  }
  part.querySelector("[data-call-invite]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    write("call.ask", { room, what: "guest", person: Number(event.target.elements.person.value) });
  });

  return {
    // The last recording that all agree on at this moment.
    get recording() {
      return [...known.values()].findLast((one) => one.what === "record" && isAgreed(one));
    },
    onChange: (call) => (changed = call),
    take(back) {
      write("call.answer", { room, asked: back.seq, yes: false });
    },
    known(told) {
      people = told.people;
      for (const one of told.agreements) known.set(one.seq, one);
      part.hidden = false;
      drawAll();
    },
    heard({ seq, body: { kind, by, data } }) {
      if (kind === "asked") known.set(seq, { seq, what: data.what, by: by.id, person: data.person, yes: [by.id], no: [] });
      if (kind === "answered" && known.has(data.asked)) {
        const one = known.get(data.asked);
        for (const side of ["yes", "no"]) one[side] = one[side].filter((person) => person !== by.id);
        one[data.yes ? "yes" : "no"].push(by.id);
      }
      drawAll();
    },
  };
}
