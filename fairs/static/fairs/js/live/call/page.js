// The page of a call: its waiting room, the buttons, and a line that says how the connection stands.
import Media from "./media.js";
import Mesh from "./mesh.js";
import people from "./people.js";
import questions, { leave as keepFocus } from "./questions.js";
import recording from "./recording.js";

const SETTLED = 2_000;
const STAYS = 900_000;
const LOOKS = 10_000;

function attach(page) {
  const part = (name) => page.querySelector(`[data-call-${name}]`);
  const [room, me] = [Number(page.dataset.room), Number(page.dataset.me)];
  const state = part("state");
  const media = new Media();
  let [link, mesh, asked] = [null, null, null];
  const shown = people(page, () => mesh);
  const clock = new Intl.DateTimeFormat(`${page.dataset.language}-u-nu-latn`, {
    timeZone: page.dataset.zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const follow = recording(page, clock);
  let closes = Date.parse(page.dataset.closes);
  let isClosed = page.hasAttribute("data-over");
  let wasIn = false;

  const say = (text) => (part("refusal").textContent = text ?? "");
  function stand(name) {
    state.dataset.state = name;
    const gone = [...(mesh?.gone.values() ?? [])].join(", ");
    state.textContent = (state.dataset[name] ?? "").replace("{name}", `\u2068${gone}\u2069`);
    part("fallback").hidden = name !== "failed";
  }

  // Once it is over, nobody is asked in any more.
  function door() {
    const isIn = Boolean(mesh?.isIn);
    const isOver = !isIn && (isClosed || Date.now() >= closes);
    page.toggleAttribute("data-over", isOver);
    wasIn ||= isIn;
    for (const name of ["join", "look"]) part(name).hidden = isOver || isIn;
    part("late").hidden = isOver || wasIn;
    if (part("note")) part("note").hidden = !isOver;
    if (isOver) page.querySelector("[data-live-closed]").hidden = false;
    if (isOver && !state.dataset.state) stand("closed");
    shown.draw();
    for (const one of page.querySelectorAll("[data-from]")) one.hidden = Date.now() < Date.parse(one.dataset.from);
  }

  async function show() {
    const name = mesh.stand;
    const isRelayed = async () => (await Promise.all([...mesh.peers.values()].map(({ peer }) => peer.isByRelay()))).some(Boolean);
    const word = name === "connected" && (await isRelayed()) ? "relayed" : name;
    if (mesh.stand === name) stand(word);
    shown.draw();
    asked.drawAll();
  }

  function buttons() {
    const isIn = Boolean(mesh?.isIn);
    door();
    part("acts").hidden = !isIn;
    const { microphone, camera } = media.state;
    part("mute").ariaPressed = !microphone;
    for (const name of ["camera", "look"]) part(name).ariaPressed = camera;
    part("own").hidden = !camera;
    part("own").querySelector("[data-muted]").hidden = microphone || !isIn;
    part("own").querySelector("video").srcObject = camera ? new MediaStream([media.tracks.video]) : null;
  }

  function record() {
    const heard = [...(mesh?.peers.values() ?? [])].flatMap(({ peer }) => peer.pc.getReceivers().map(({ track }) => track));
    const tracks = [media.tracks.audio, ...heard].filter((track) => track?.kind === "audio");
    const isAgreed = Boolean(asked?.recording);
    if (!isAgreed) keepFocus(page, part("mark"));
    part("mark").hidden = !isAgreed;
    follow(isAgreed, tracks);
  }

  async function who() {
    const told = await link.ask("presence.who", { room }).catch(() => null);
    if (told) shown.here(told.people.map(({ id }) => id));
  }

  async function join() {
    say("");
    part("join").disabled = true;
    const isHeard = await media.listen();
    try {
      const told = await mesh.join();
      shown.known(told.people);
      shown.here(told.here);
      asked.known(told);
      if (isHeard) show();
      else stand("denied");
    } catch (refusal) {
      media.stop();
      say(refusal.message ?? state.dataset.early);
    }
    part("join").disabled = false;
    buttons();
    if (!mesh.isIn) return;
    page.scrollIntoView();
    part("mute").focus({ preventScroll: true });
  }

  function leave(word) {
    mesh.leave();
    media.stop();
    buttons();
    stand(word);
    asked.drawAll();
  }

  function begin(found) {
    link = found;
    const isRelayed = new URLSearchParams(location.search).has("relayed");
    mesh = new Mesh({ link, room, me, media, isRelayed });
    const write = (name, body) => link.write(name, body);
    asked = questions(page, { room, me, write, windows: () => mesh.windows });
    asked.onChange(record);
    // What a connection goes by is known a moment after it stands.
    mesh.addEventListener("state", () => (show(), setTimeout(() => mesh.isIn && show(), SETTLED)));
    for (const name of ["elsewhere", "apart"]) mesh.addEventListener(name, () => leave(name));
    mesh.addEventListener("track", ({ detail }) => shown.track(detail.person, detail.name, detail.track));
    mesh.addEventListener("devices", ({ detail }) => shown.devices(detail.person, detail));
    mesh.addEventListener("parted", ({ detail }) => shown.parted(detail.person));
    link.addEventListener("state", ({ detail }) => {
      if (detail === "connected") mesh.resume();
      // Whoever is kept out, or signed out elsewhere, is heard no more.
      if (detail === "not-yours") leave("out");
      if (detail === "signed-out") leave("signedOut");
    });
    link.addEventListener("refused", ({ detail }) => detail.item.name.startsWith("call.") && say(detail.refusal.message));
    media.addEventListener("change", buttons);
    part("late").onclick = ({ target }) => write("call.late", { room, minutes: Number(target.dataset.callLate) });
    part("join").onclick = join;
    part("mute").onclick = () => media.mute();
    for (const name of ["camera", "look"]) part(name).onclick = () => media.look().catch(() => say(state.dataset.unseen));
    part("stop").onclick = () => asked.take(asked.recording);
    part("leave").onclick = () => {
      leave("left");
      part("join").focus();
    };
    addEventListener("pagehide", () => mesh.leave());
    addEventListener("online", () => mesh.resume());
  }

  function heard(frame) {
    if (frame.event === "presence") who();
    if (frame.event === "closed") {
      isClosed = true;
      leave("closed");
    }
    if (frame.event === "call.ready") shown.came(frame.body.by.id);
    if (frame.event?.startsWith("call.")) mesh.heard(frame);
    if (frame.event !== "entry") return;
    const { kind, by, at, data } = frame.body;
    if (kind === "late") shown.late(by.id, data.minutes, at);
    if (kind === "prolonged") {
      closes = Date.parse(data.until) + STAYS;
      document.querySelector("[data-call-ends]").textContent = clock.format(new Date(data.until));
    }
    if (["asked", "answered", "impossible"].includes(kind)) asked.heard(frame);
    // Somebody third may be of the call now.
    if (kind === "answered" && mesh.isIn) mesh.stands().then((told) => (shown.known(told.people), asked.known(told)), () => {});
  }

  door();
  setInterval(door, LOOKS);
  page.addEventListener("live-link", ({ detail }) => begin(detail.link));
  page.addEventListener("live-frame", ({ detail }) => heard(detail));
}

document.querySelectorAll("[data-call]").forEach(attach);
