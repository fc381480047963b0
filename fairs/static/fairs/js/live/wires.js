// Two ways to the rooms that behave alike: a socket, and for networks that break sockets one question after
// another. Each is given what to call: opened(), heard(frame) and ended(code).
const PATIENCE = 35_000;
const ANSWERS = { 401: 4001, 404: 4003, 429: 4009 };
const BROKEN = 1006;

export function socket(address, { opened, heard, ended }) {
  const wire = new WebSocket(address);
  wire.onopen = opened;
  wire.onmessage = (event) => heard(JSON.parse(event.data));
  wire.onclose = (event) => ended(event.code);
  return {
    enter: (room, since) => say(wire, "room.join", "join", { room, ...(since === null ? {} : { since }) }),
    more: (room, since) => say(wire, "room.since", "more", { room, since }),
    say: (name, ref, body) => say(wire, name, ref, body),
    close() {
      wire.onclose = wire.onmessage = null;
      wire.close();
    },
  };
}

function say(wire, name, ref, body) {
  if (wire.readyState === WebSocket.OPEN) wire.send(frameOf(name, ref, body));
}

const frameOf = (name, ref, body) => JSON.stringify({ v: 1, do: name, ref, body });

export function questions(addressOf, token, person, { opened, heard, ended }) {
  const going = new AbortController();
  const over = (code) => {
    if (going.signal.aborted) return;
    going.abort();
    ended(code);
  };
  const ask = async (room, options = {}, query = "") => {
    const signal = AbortSignal.any([going.signal, AbortSignal.timeout(PATIENCE)]);
    const headers = { ...options.headers, "X-Person": person };
    return fetch(addressOf(room) + query, { ...options, headers, signal, cache: "no-store", redirect: "error" });
  };

  async function follow(room, since) {
    let last = since;
    // The first answer comes at once: it says that this way is open.
    let wait = "&wait=0";
    while (!going.signal.aborted) {
      const answer = await ask(room, {}, last === null ? `?${wait}` : `?since=${last}${wait}`).catch(() => null);
      wait = "";
      if (!answer?.ok) return over(ANSWERS[answer?.status] ?? BROKEN);
      for (const frame of await answer.json().catch(() => [])) {
        for (const one of frame.entries ?? [frame]) last = Math.max(last ?? 0, one.seq ?? 0);
        if (frame.event === "page") last = Math.max(last ?? 0, frame.more ? 0 : frame.head);
        heard(frame);
      }
    }
  }

  async function send(name, ref, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const options = { method: "POST", headers, body: frameOf(name, ref, body) };
    const answer = await ask(body.room, options).catch(() => null);
    const frame = await answer?.json().catch(() => null);
    // A page in the place of a frame is a sign-in, or a proxy that is in trouble.
    if (frame && (frame.ok === ref || frame.no === ref)) heard(frame);
    else over([401, 403].includes(answer?.status) ? 4001 : BROKEN);
  }

  setTimeout(opened);
  // What is missing comes with the next question.
  return { enter: follow, more() {}, say: send, close: () => going.abort() };
}
