// html[data-kept]: this page comes from the device. It says of when it is.
export const moment = (at) =>
  new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, { dateStyle: "medium", timeStyle: "short" }).format(at);

export default function asOf(page) {
  const words = document.querySelector("template[data-as-of]");
  const place = document.getElementById("messages");
  if (!words || !place) return;
  place.prepend(words.content.cloneNode(true));
  place.querySelector("[data-as-of-time]").textContent = moment(new Date(Number(page.dataset.kept)));
}
