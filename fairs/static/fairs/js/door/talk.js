// Talks to the site: fetches the bundle, sends scans. Every failure has a name that the page can say.
const PATIENCE = 4000;
const AT_ONCE = 100;

export class Trouble extends Error {
  constructor(name, sentence = "") {
    super(name);
    this.name = name;
    this.sentence = sentence;
  }
}

async function ask(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
  } catch {
    throw new Trouble("offline");
  }
  // A page in the place of an answer is the sign-in; a 404 says that this person keeps the door no more.
  if (answer.redirected) throw new Trouble("signed-out");
  if (answer.status === 404) throw new Trouble("dismissed");
  if (answer.status >= 500) throw new Trouble("offline");
  const told = await answer.json().catch(() => null);
  if (answer.ok && told) return told;
  throw new Trouble(answer.status === 403 ? "token" : "refused", told?.message ?? "");
}

export const fetchBundle = (address) => ask(address);

export function sendScans(address, token, device, scans) {
  return ask(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ device, sent_at: Date.now(), scans: scans.slice(0, AT_ONCE) }),
  });
}
