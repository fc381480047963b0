// The sentence of an answer in the language of the page, its moments in the zone of the fair.
const clock = (bundle, at, options) =>
  new Intl.DateTimeFormat(`${bundle.language}-u-nu-latn`, { timeZone: bundle.zone, ...options }).format(at * 1000);

export default function sentence(bundle, { code, about }) {
  let text = bundle.sentences[code] ?? bundle.sentences.unreadable;
  const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (about.since) text = text.replace("{since}", clock(bundle, about.since, hour));
  if (about.opens) text = text.replace("{opens}", clock(bundle, about.opens, { day: "numeric", month: "long", ...hour }));
  return text.replace("{door}", `\u2068${about.door ?? ""}\u2069`);
}
