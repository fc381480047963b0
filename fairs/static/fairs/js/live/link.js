// The link of a page to its live rooms: it comes back by itself, asks for what was missed, and sends again what
// did not arrive. docs/live-protocol.md says what is spoken.
import outbox from "./outbox.js";
import { questions, socket } from "./wires.js";

const FIRST_WAIT = 3_000;
const LONGEST_WAIT = 30_000;
const BEAT = 20_000;
const BEAT_ANSWERED = 10_000;
// A socket that never opened so often is one that the network breaks.
const TRIES = 2;
const SIGNED_OUT = 4001;
const NOT_YOURS = 4003;
const RESYNC = 4008;
const TOO_MANY = [4009, 4010];
const LATER = ["live_too_fast", "live_room_busy", "live_slow_mode", "live_full"];

export default class Link extends EventTarget {
  #rooms = new Map();
  #asked = new Map();
  #wire = null;
  // Before it is open a wire takes nothing.
  #isOpen = false;
  #failed = 0;
  #tries = 0;
  #ref = 0;
  #sending = false;
  #timers = {};

  constructor({ address, addressOf, token, person }) {
    super();
    // A page that stood open while somebody else signed in says and reads nothing in their name.
    address += `&person=${encodeURIComponent(person)}`;
    Object.assign(this, { address, addressOf, token, person, outbox: outbox(person, addressOf), state: "" });
    this.outbox.ready.then(() => this.#send());
    addEventListener("online", () => this.#begin());
    addEventListener("offline", () => this.#ended(1006));
    document.addEventListener("visibilitychange", () => this.#beat());
    // They may have signed in again in another window.
    addEventListener("focus", () => this.state === "signed-out" && this.#begin());
  }

  // Be in a room from after an entry on; `heard` gets its entries, each once and in order, and its events.
  enter(room, since, heard) {
    this.#rooms.set(room, { last: since, heard });
    if (this.#isOpen) this.#wire.enter(room, since);
    else this.#begin();
  }

  // Ask something; the answer is lost when the link breaks, and can be asked for again.
  ask(name, body) {
    const ref = String(++this.#ref);
    return new Promise((done, refused) => {
      if (!this.#isOpen) return refused({ code: "offline" });
      this.#asked.set(ref, { done, refused });
      this.#wire.say(name, ref, body);
    });
  }

  // Write something: it is kept until the site has it. Tells "sent" or "refused", with the item.
  write(name, body) {
    const item = this.outbox.add(name, body);
    this.#send();
    return item;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #stand(state) {
    if (state !== this.state) this.#tell("state", (this.state = state));
  }

  #begin() {
    clearTimeout(this.#timers.again);
    if (this.#wire || !this.#rooms.size) return;
    const told = {
      opened: () => {
        if (!this.#wire) return;
        this.#isOpen = true;
        this.#failed = 0;
        for (const [room, { last }] of this.#rooms) this.#wire.enter(room, last);
      },
      heard: (frame) => this.#heard(frame),
      ended: (code) => {
        // Without any network it is not sockets that are broken.
        if (!this.#isOpen && navigator.onLine) this.#failed += 1;
        this.#ended(code);
      },
    };
    this.byQuestions = this.#failed >= TRIES;
    this.#wire = this.byQuestions
      ? questions(this.addressOf, this.token, this.person, told)
      : socket(this.address, told);
    clearInterval(this.#timers.beat);
    this.#timers.beat = setInterval(() => this.#beat(), BEAT);
  }

  #ended(code) {
    clearInterval(this.#timers.beat);
    clearTimeout(this.#timers.dead);
    this.#wire?.close();
    this.#wire = null;
    this.#isOpen = false;
    for (const { refused } of this.#asked.values()) refused({ code: "offline" });
    this.#asked.clear();
    if (code === SIGNED_OUT || code === NOT_YOURS) return this.#stand(code === SIGNED_OUT ? "signed-out" : "not-yours");
    this.#stand(navigator.onLine ? "reconnecting" : "offline");
    if (this.byQuestions) this.#failed = 0;
    const most = TOO_MANY.includes(code) ? LONGEST_WAIT : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#tries);
    this.#tries = code === RESYNC ? 0 : this.#tries + 1;
    clearTimeout(this.#timers.again);
    // Whoever was cut off together does not come back together.
    this.#timers.again = setTimeout(() => this.#begin(), Math.random() * most);
  }

  #heard(frame) {
    clearTimeout(this.#timers.dead);
    const ref = frame.ok ?? frame.no;
    if (ref !== undefined) return this.#answered(ref, frame);
    // Told to this person in whichever room they are, and so to the whole page.
    if (frame.event === "called" || frame.event === "answered")
      return dispatchEvent(new CustomEvent(frame.event, { detail: frame }));
    const room = this.#rooms.get(frame.room);
    if (!room) return;
    const entries = frame.event === "page" ? frame.entries : frame.event === "entry" ? [frame] : null;
    if (!entries) return room.heard(frame);
    for (const entry of entries) {
      if (room.last !== null && entry.seq <= room.last) continue;
      room.last = entry.seq;
      room.heard(entry);
    }
    if (frame.event !== "page") return;
    if (frame.more) return this.#wire.more(frame.room, room.last);
    room.last ??= frame.head;
    this.#tries = 0;
    this.#stand(this.byQuestions ? "by-questions" : "connected");
    this.#send();
  }

  #answered(ref, frame) {
    if (ref === "join" && frame.no !== undefined) {
      if (!LATER.includes(frame.code)) this.#ended(NOT_YOURS);
      else this.#ended(TOO_MANY[0]);
    }
    const asked = this.#asked.get(ref);
    this.#asked.delete(ref);
    if (frame.ok !== undefined) asked?.done(frame.body);
    else asked?.refused(frame);
  }

  // One after the other, so that what is written stays in its order.
  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    let item;
    while (this.#isOpen && ([item] = this.outbox.all()) && item) {
      try {
        const body = await this.ask(item.name, item.body);
        this.outbox.sent(item.body.uuid);
        this.#tell("sent", { item, body });
      } catch (refusal) {
        if (refusal.code === "offline") break;
        if (LATER.includes(refusal.code)) {
          this.#tell("waits", { item, refusal });
          await new Promise((done) => setTimeout(done, 1000 * (Number(refusal.facts?.seconds) || 5)));
        } else {
          this.outbox.refused(item.body.uuid, refusal.message);
          this.#tell("refused", { item, refusal });
        }
      }
    }
    this.#sending = false;
  }

  // A link that only seems to be there is ended; whoever looks elsewhere is not counted as being here.
  #beat() {
    if (!this.#wire) return;
    const state = document.hidden ? "away" : "here";
    for (const room of this.#rooms.keys()) this.ask("presence.beat", { room, state }).catch(() => {});
    clearTimeout(this.#timers.dead);
    this.#timers.dead = setTimeout(() => this.#ended(1006), BEAT_ANSWERED);
  }
}
