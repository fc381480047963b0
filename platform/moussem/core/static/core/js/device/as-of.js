// html[data-kept]: this page comes from the device. It says of when it is.
// As the site writes it, with the months of Morocco and the digits of all its pages.
const WRITTEN = { en: ["en-GB", ", "], fr: ["fr", " à "], ar: ["ar-MA-u-nu-latn", "، "] };

export function moment(at) {
  const [place, between] = WRITTEN[document.documentElement.lang] ?? WRITTEN.en;
  const part = (how) => new Intl.DateTimeFormat(place, how).format(at);
  return part({ dateStyle: "long" }) + between + part({ timeStyle: "short", hourCycle: "h23" });
}

export default function asOf(page) {
  const words = document.querySelector("template[data-as-of]");
  const place = document.getElementById("messages");
  if (!words || !place) return;
  place.prepend(words.content.cloneNode(true));
  place.querySelector("[data-as-of-time]").textContent = moment(new Date(Number(page.dataset.kept)));
}
