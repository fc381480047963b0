// The page of a live room: what is said appears, what is written goes out, and a line says how the link stands.
import earlier from "./earlier.js";
import Link from "./link.js";

const NEAR_THE_END = 120;

function attach(page) {
  const part = (name) => page.querySelector(`[data-live-${name}]`);
  const room = Number(page.dataset.room);
  const { language, person } = page.dataset;
  const [log, form, state] = [part("log"), part("form"), part("state")];
  const site = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`;
  const link = new Link({
    address: `${site}${page.dataset.socket}?language=${language}`,
    addressOf: (one) => page.dataset.questions.replace("/0/", `/${one}/`),
    token: page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
    person,
  });
  const clock = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
    timeZone: page.dataset.zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });

  const frame = log.parentElement;
  // The page shows what was said earlier: what is new does not belong below it.
  const isPast = log.hasAttribute("data-past");
  const isNearTheEnd = () => frame.scrollHeight - frame.scrollTop - frame.clientHeight < NEAR_THE_END;
  const toTheEnd = () => (frame.scrollTop = frame.scrollHeight);
  frame.addEventListener("scroll", () => frame.toggleAttribute("data-more-above", frame.scrollTop > 1), { passive: true });
  const isLinked = () => ["", "connected", "by-questions"].includes(link.state);

  // What waits says why: it is on its way, or there is no network to take it.
  function tellWaiting(drawn) {
    const isKept = !isLinked() && "keptHere" in page.dataset;
    const reason = link.state === "signed-out" ? state?.dataset.keptUntil : page.dataset.keptHere;
    drawn.querySelector("time").textContent = isKept ? reason : page.dataset.beingSent;
    drawn.querySelector("[data-kept-mark]")?.toggleAttribute("hidden", !isKept);
  }

  function line({ uuid, by, name, text, at, seq }, isWaiting) {
    const drawn = page.querySelector("[data-live-said]").content.firstElementChild.cloneNode(true);
    drawn.dataset.uuid = uuid ?? "";
    drawn.dataset.seq = seq ?? "";
    drawn.toggleAttribute("data-waiting", isWaiting);
    drawn.classList.toggle("said--own", isWaiting || String(by) === page.dataset.me);
    drawn.querySelector("[data-name]").textContent = name || page.dataset.somebody;
    drawn.querySelector("[data-text]").textContent = text;
    const time = drawn.querySelector("time");
    time.dateTime = at;
    if (isWaiting) tellWaiting(drawn);
    else time.textContent = clock.format(new Date(at));
    return drawn;
  }

  const waitingFor = (uuid) => log.querySelector(`[data-waiting][data-uuid="${CSS.escape(uuid)}"]`);

  function show(drawn) {
    if (isPast) return;
    part("nothing")?.remove();
    const follows = isNearTheEnd();
    // What waits stays below what has arrived.
    const waiting = drawn.hasAttribute("data-waiting") ? null : log.querySelector("[data-waiting]");
    log.insertBefore(drawn, waiting);
    if (follows) toTheEnd();
  }

  function takeAway(seq, words) {
    const text = log.querySelector(`[data-seq="${seq}"] .said__text`);
    if (!text) return;
    text.textContent = words ?? "";
    text.classList.add("soft");
  }

  function heard(told) {
    page.dispatchEvent(new CustomEvent("live-frame", { detail: told, bubbles: true }));
    if (told.event === "presence" && part("people")) part("people").textContent = told.body.people;
    // What was made as a room that is over has no stage and no forms.
    if (told.event === "opened" && !state) return location.reload();
    if (told.event === "closed" || told.event === "opened") {
      form.hidden = isPast || told.event === "closed";
      part("closed").hidden = told.event === "opened";
    }
    if (told.event === "erased") told.body.seqs.forEach((seq) => takeAway(seq, page.dataset.erased));
    if (told.event !== "entry") return;
    if (told.body.kind === "removed") takeAway(told.body.data.seq, page.dataset.takenAway);
    if (told.body.kind !== page.dataset.kind) return;
    const { uuid, by, at, data } = told.body;
    if (uuid) waitingFor(uuid)?.remove();
    // Written while the page was made, it is on it already.
    if (log.querySelector(`[data-seq="${told.seq}"]`)) return;
    show(line({ uuid, by: by?.id, name: by?.name, text: data.text, at, seq: told.seq }, false));
  }

  const say = (text) => (part("refusal").textContent = text);
  const stand = (name) => {
    log.querySelectorAll("[data-waiting]").forEach(tellWaiting);
    // A room that is over has no line that says how the link stands.
    if (!state) return;
    state.dataset.state = name;
    part("sign-in").hidden = name !== "signed-out";
    // "signed-out" is the attribute data-signed-out, which a script knows as signedOut.
    state.textContent = state.dataset[name.replace(/-(\w)/g, (_dash, letter) => letter.toUpperCase())] ?? "";
  };

  // Other parts of the page write through the same link.
  const isOurs = ({ name, body }) => name === "chat.say" && body.room === room;

  link.addEventListener("state", ({ detail }) => stand(detail));
  link.addEventListener("waits", ({ detail }) => isOurs(detail.item) && say(page.dataset.sentSoon));
  link.addEventListener("sent", ({ detail }) => {
    if (!isOurs(detail.item)) return;
    // Sent before, and shown from the log already: no entry will come for it any more.
    if (detail.body.seq <= Number(log.dataset.last))
      waitingFor(detail.item.body.uuid)?.remove();
    say("");
  });
  link.addEventListener("refused", ({ detail }) => {
    if (!isOurs(detail.item)) return;
    waitingFor(detail.item.body.uuid)?.remove();
    say(detail.refusal.message);
    const typed = form.elements.text;
    if (!typed.value) typed.value = detail.item.body.text ?? "";
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.elements.text.value.trim();
    if (!text) {
      say(page.dataset.empty);
      form.elements.text.focus();
      return;
    }
    say("");
    const item = link.write("chat.say", { room, text });
    show(line({ uuid: item.body.uuid, name: page.dataset.name, text, at: "" }, true));
    form.elements.text.value = "";
    toTheEnd();
  });
  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  link.outbox.ready.then(() => {
    for (const { body } of link.outbox.all().filter(isOurs)) {
      if (!waitingFor(body.uuid)) show(line({ uuid: body.uuid, name: page.dataset.name, text: body.text, at: "" }, true));
    }
  });
  toTheEnd();
  earlier(log);
  page.dispatchEvent(new CustomEvent("live-link", { detail: { link, room }, bubbles: true }));
  link.enter(room, Number(log.dataset.last), heard);
}

document.querySelectorAll("[data-live-room]").forEach(attach);
