// The parts of a page that the site draws, drawn again: prices, names and states are those of now.
let again = null;

export default function redraw() {
  clearTimeout(again);
  // Those who hear of the same thing at once do not all ask at once.
  again = setTimeout(async () => {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live-part]")) {
      const drawn = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      if (!drawn || part.innerHTML === drawn.innerHTML || part.contains(document.activeElement)) continue;
      part.replaceChildren(...drawn.childNodes);
    }
  }, 200 + Math.random() * 800);
}
