// One connection to one person of a call: perfect negotiation, and an ICE restart after a cut.
const SOUND = 24_000;
const PICTURES = 400_000;
const KINDS = ["audio", "video"];
// Few words about media, so that a description fits into a frame.
const SPOKEN = /^(audio\/opus|video\/VP8|video\/rtx)$/i;
const BATCH = 100;
const GATHERING = 1_500;
const NEVER_CAME = 12_000;
// Both would restart at once: the polite one lets the other begin.
const AGAIN = { impolite: 3_000, polite: 7_000 };

export default class Peer extends EventTarget {
  #isOffering = false;
  #isIgnoring = false;
  #queue = Promise.resolve();
  #found = [];
  #early = [];
  #timers = {};
  #triedAt = performance.now();
  #since = performance.now();
  wasConnected = false;

  constructor({ isPolite, isRelayed, servers, tracks, send, renew, isSlow }) {
    super();
    Object.assign(this, { isPolite, isRelayed, tracks, send, renew, isSlow });
    const iceTransportPolicy = isRelayed ? "relay" : "all";
    this.pc = new RTCPeerConnection({ iceServers: servers, iceTransportPolicy, bundlePolicy: "max-bundle" });
    this.pc.onnegotiationneeded = () => this.#offer();
    this.pc.onicecandidate = ({ candidate }) => candidate && this.#find(candidate);
    this.pc.ontrack = ({ track }) => this.#tell("track", track);
    this.pc.onconnectionstatechange = () => this.#changed();
    // Whoever is polite takes the lines of the other's offer.
    if (!isPolite) for (const kind of KINDS) this.pc.addTransceiver(kind, { direction: "sendrecv" });
    // Ended meanwhile, it needs no sound.
    if (!isPolite) this.#fill().catch(() => {});
    this.#timers.watch = setInterval(() => this.#watch(), 1_000);
  }

  get isConnected() {
    return this.pc.connectionState === "connected";
  }

  // What the other person said to this window; one after the other.
  heard(event, body) {
    const take = event === "call.describe" ? () => this.#described(body) : () => this.#reached(body.candidates);
    this.#queue = this.#queue.then(take).catch(() => {});
    return this.#queue;
  }

  // Send other sound or pictures, or none, without a word to the other side.
  async use(kind, track) {
    this.tracks[kind] = track;
    await this.pc.getTransceivers()[KINDS.indexOf(kind)]?.sender.replaceTrack(track ?? null);
  }

  // Whether the description is of another connection than the one that is there: the other side began anew.
  isOfAnother(sdp) {
    const known = mark(this.pc.remoteDescription?.sdp);
    return Boolean(known) && known !== mark(sdp);
  }

  async isByRelay() {
    if (this.isRelayed) return true;
    const found = [...(await this.pc.getStats()).values()];
    const used = found.find(({ type }) => type === "transport")?.selectedCandidatePairId;
    const pair = found.find(({ id }) => id === used);
    const ends = found.filter((one) => [pair?.localCandidateId, pair?.remoteCandidateId].includes(one.id));
    return ends.some((one) => one.candidateType === "relay");
  }

  // Find a new way: after a cut, or when the network is another one.
  async restart() {
    this.#triedAt = performance.now();
    const servers = await this.renew();
    if (this.pc.signalingState === "closed") return;
    if (servers) this.pc.setConfiguration({ ...this.pc.getConfiguration(), iceServers: servers });
    if (this.pc.signalingState === "have-local-offer") await this.pc.setLocalDescription({ type: "rollback" });
    this.pc.restartIce();
  }

  close() {
    clearInterval(this.#timers.watch);
    clearTimeout(this.#timers.batch);
    this.pc.onnegotiationneeded = this.pc.onconnectionstatechange = null;
    this.pc.close();
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  async #offer() {
    try {
      this.#isOffering = true;
      await this.pc.setLocalDescription();
      await this.#describe();
    } catch {
      // Another description was quicker; it is said anew when that does not help.
    } finally {
      this.#isOffering = false;
    }
  }

  async #describe() {
    // Where what follows may be missed, all of it is said at once.
    const isWhole = this.isSlow();
    if (isWhole) await this.#gathered();
    const { type: kind, sdp } = this.pc.localDescription;
    const lines = sdp.split("\r\n").filter((line) => isWhole || !line.startsWith("a=candidate:"));
    // Opus is asked to be brief, and to keep silent with the speaker.
    const brief = lines.map((line) =>
      /^a=fmtp:\d+ .*useinbandfec/.test(line) ? `${line};maxaveragebitrate=${SOUND};stereo=0;usedtx=1` : line,
    );
    this.send("call.describe", { kind, sdp: brief.join("\r\n") });
  }

  async #gathered() {
    const until = performance.now() + GATHERING;
    while (this.pc.iceGatheringState !== "complete" && performance.now() < until) await after(50);
  }

  async #described({ kind, sdp }) {
    const collides = kind === "offer" && (this.#isOffering || this.pc.signalingState !== "stable");
    this.#isIgnoring = !this.isPolite && collides;
    // An answer to an offer that was taken back since is of no use.
    if (this.#isIgnoring || (kind === "answer" && this.pc.signalingState !== "have-local-offer")) return;
    await this.pc.setRemoteDescription({ type: kind, sdp });
    for (const one of this.#early.splice(0)) await this.#add(one);
    if (kind === "answer") return;
    await this.#fill();
    await this.pc.setLocalDescription();
    await this.#describe();
  }

  async #fill() {
    const lines = this.pc.getTransceivers().map((one, number) => ({ one, kind: KINDS[number] }));
    // Before anything is waited for: an offer may be on its way.
    for (const { one, kind } of lines) {
      one.direction = "sendrecv";
      const { codecs } = RTCRtpReceiver.getCapabilities(kind);
      one.setCodecPreferences?.(codecs.filter(({ mimeType }) => SPOKEN.test(mimeType)));
    }
    for (const { one, kind } of lines) {
      await one.sender.replaceTrack(this.tracks[kind] ?? null);
      const told = one.sender.getParameters();
      if (!told.encodings?.length) continue;
      told.encodings[0].maxBitrate = kind === "audio" ? SOUND : PICTURES;
      await one.sender.setParameters(told).catch(() => {});
    }
  }

  #find(candidate) {
    this.#found.push(JSON.stringify(candidate));
    clearTimeout(this.#timers.batch);
    const flush = () => {
      while (this.#found.length) this.send("call.candidates", { candidates: this.#found.splice(0, 10) });
    };
    this.#timers.batch = setTimeout(flush, this.#found.length < 10 ? BATCH : 0);
  }

  async #reached(candidates) {
    for (const one of candidates.map((text) => JSON.parse(text))) {
      if (this.pc.remoteDescription) await this.#add(one);
      else this.#early.push(one);
    }
  }

  // Of an offer that was not taken, or of before a restart, they lead nowhere.
  #add(candidate) {
    return this.pc.addIceCandidate(candidate).catch(() => {});
  }

  #changed() {
    this.#since = performance.now();
    this.wasConnected ||= this.isConnected;
    this.#tell("state", this.pc.connectionState);
  }

  #watch() {
    if (this.isConnected) return;
    const now = performance.now();
    const patience = AGAIN[this.isPolite ? "polite" : "impolite"];
    if (!this.wasConnected && now - this.#since > NEVER_CAME) {
      this.#since = now;
      return this.#tell("failed");
    }
    if (now - this.#triedAt > patience && now - this.#since > 1_000) this.restart().catch(() => {});
  }
}

const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const mark = (sdp) => /a=fingerprint:\S+ (\S+)/.exec(sdp ?? "")?.[1];
