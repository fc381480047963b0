// The people of a call, each connected to each: who is ready in which window, and what is passed on.
import Peer from "./peer.js";

const AGAIN = 8_000;
const ATTEMPTS = 2;

export default class Mesh extends EventTarget {
  #timer = null;
  #servers = [];
  peers = new Map();
  // Who hung up and did not come back, by name.
  gone = new Map();
  isIn = false;

  constructor({ link, room, me, media, isRelayed }) {
    super();
    Object.assign(this, { link, room, me, media, isRelayed });
    media.addEventListener("change", () => this.#devices());
  }

  // Into the call; the answer says how it stands.
  async join() {
    this.window = crypto.randomUUID?.() ?? newUuid();
    this.#servers = await this.#ask("call.relay").then(({ servers }) => servers);
    this.isIn = true;
    this.gone.clear();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#remind(), AGAIN);
    return this.#ready();
  }

  leave() {
    if (this.isIn) this.#say("call.leave", { window: this.window });
    this.isIn = false;
    clearInterval(this.#timer);
    for (const person of [...this.peers.keys()]) this.#part(person);
  }

  // Who is in the call, each in which window; nobody where one is not in it oneself.
  get windows() {
    const others = [...this.peers].map(([person, { window }]) => [person, window]);
    return new Map(this.isIn ? [[this.me, this.window], ...others] : []);
  }

  // How the call stands: who is of it, and what was asked.
  stands() {
    return this.#ready(this.me);
  }

  // The link is back, or the network is another one.
  resume() {
    if (!this.isIn) return;
    this.#ready().catch(() => {});
    for (const { peer } of this.peers.values()) if (!peer.isConnected) peer.restart().catch(() => {});
  }

  heard({ event, body }) {
    if (!this.isIn || !event.startsWith("call.")) return;
    const { by, window } = body;
    if (by.id === this.me) {
      if (event !== "call.ready" || window === this.window) return;
      this.isIn = false;
      this.leave();
      return this.#tell("elsewhere");
    }
    if (event === "call.parted") {
      this.#part(by.id);
      return body.alone && this.#tell("apart");
    }
    if (event === "call.leave") {
      if (!this.#known(by.id, window)) return;
      this.gone.set(by.id, by.name);
      return this.#part(by.id);
    }
    if (event === "call.devices") return this.#tell("devices", { person: by.id, ...body });
    if (event === "call.ready") {
      this.#meet(by, window);
      this.#tell("devices", { person: by.id, ...body });
      if (!body.to) this.#ready(by.id).catch(() => {});
      return;
    }
    if (body.for !== this.window) return;
    let one = this.#meet(by, window);
    if (event === "call.describe" && body.kind === "offer" && one.peer.isOfAnother(body.sdp)) {
      one = this.#begin(by, window, one.peer.wasConnected ? 0 : one.attempts + 1);
    }
    one.peer.heard(event, body);
  }

  // How many are connected, and whether one of them is not any more.
  get stand() {
    const peers = [...this.peers.values()];
    if (!this.isIn) return "left";
    if (peers.some(({ attempts, peer }) => attempts >= ATTEMPTS && !peer.isConnected)) return "failed";
    if (peers.some(({ peer }) => peer.wasConnected && !peer.isConnected)) return "cut";
    if (peers.some(({ peer }) => !peer.isConnected)) return "connecting";
    if (peers.length) return "connected";
    return this.gone.size ? "gone" : "waiting";
  }

  #known(person, window) {
    return this.peers.get(person)?.window === window;
  }

  #meet(by, window) {
    return this.#known(by.id, window) ? this.peers.get(by.id) : this.#begin(by, window, 0);
  }

  #begin(by, window, attempts) {
    this.peers.get(by.id)?.peer.close();
    this.gone.delete(by.id);
    const isPolite = this.me < by.id;
    const hasRelay = this.#servers.some(({ username }) => username);
    const peer = new Peer({
      isPolite,
      isRelayed: this.isRelayed || (attempts === 1 && hasRelay && !isPolite),
      servers: this.#servers,
      tracks: { ...this.media.tracks },
      send: (name, told) => this.#say(name, { to: by.id, window: this.window, for: window, ...told }),
      renew: () => this.#renew(),
      isSlow: () => Boolean(this.link.byQuestions),
    });
    const one = { peer, window, attempts, name: by.name };
    this.peers.set(by.id, one);
    peer.addEventListener("track", ({ detail }) => this.#tell("track", { person: by.id, name: by.name, track: detail }));
    peer.addEventListener("state", () => {
      if (peer.isConnected) one.attempts = 0;
      this.#tell("state", { person: by.id });
    });
    peer.addEventListener("failed", () => {
      // The other side follows the one that begins, and counts what it begins.
      if (!isPolite) this.#begin(by, window, attempts + 1);
      this.#tell("state", { person: by.id });
    });
    this.#tell("state", { person: by.id });
    return one;
  }

  #part(person) {
    this.peers.get(person)?.peer.close();
    this.peers.delete(person);
    this.#tell("parted", { person });
    this.#tell("state", { person });
  }

  #remind() {
    const isAlone = !this.peers.size;
    if (isAlone || [...this.peers.values()].some(({ peer }) => !peer.isConnected)) this.#ready().catch(() => {});
  }

  #ready(to) {
    const told = { window: this.window, ...this.media.state, ...(to ? { to } : {}) };
    return this.#ask("call.ready", told);
  }

  #devices() {
    if (!this.isIn) return;
    for (const { peer } of this.peers.values()) {
      for (const kind of ["audio", "video"]) peer.use(kind, this.media.tracks[kind]).catch(() => {});
    }
    this.#say("call.devices", { window: this.window, ...this.media.state });
  }

  async #renew() {
    const found = await this.#ask("call.relay").catch(() => null);
    if (found) this.#servers = found.servers;
    return found?.servers;
  }

  #ask(name, body = {}) {
    return this.link.ask(name, { room: this.room, ...body });
  }

  #say(name, body) {
    this.#ask(name, body).catch(() => {});
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

// crypto.randomUUID exists on secure pages only.
function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
