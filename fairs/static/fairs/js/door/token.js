// Reads the code on a badge and checks its signature with the public keys of the edition: ECDSA on P-256.
const PATTERN = /^(M1\.(\d{1,9})\.(\d{1,9})\.(\d{1,9})\.([a-z]{1,12})\.(\d{1,12}))\.([\w-]{86})$/;
const LONGEST = 300;
const CURVE = { name: "ECDSA", namedCurve: "P-256" };

const imported = new Map();

function bytes(text) {
  const base = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base.padEnd(Math.ceil(base.length / 4) * 4, "=")), (c) => c.charCodeAt(0));
}

async function keyOf(point) {
  if (!imported.has(point)) {
    imported.set(point, await crypto.subtle.importKey("raw", bytes(point), CURVE, false, ["verify"]));
  }
  return imported.get(point);
}

// What a code is worth at a door of this edition: its verdict, and the serial, role and end that it names.
export async function readCode(code, edition, keys) {
  const found = code.length <= LONGEST ? PATTERN.exec(code) : null;
  if (!found) return { verdict: "unreadable" };
  const [, text, of, key, serial, role, expires, signature] = found;
  if (Number(of) !== edition) return { verdict: "other_edition" };
  const point = keys[Number(key)];
  if (!point) return { verdict: "old_key" };
  const signed = await crypto.subtle
    .verify({ name: "ECDSA", hash: "SHA-256" }, await keyOf(point), bytes(signature), new TextEncoder().encode(text))
    .catch(() => false);
  if (!signed) return { verdict: "forged" };
  return { verdict: "signed", serial: Number(serial), role, expires: Number(expires) };
}

// Numbers may be typed in Arabic digits; what no badge of ours holds would only be refused by the site.
export const tidy = (code) =>
  code
    .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
    .replace(/[^\x20-\x7e]/g, "?")
    .trim()
    .slice(0, LONGEST);

// The serial that somebody means who types no more of a number than its digits: 2 and 0002.
export const serialTyped = (code) => (/^\d{1,9}$/.test(code) ? Number(code) : undefined);
