// The parts of a page that the site draws, drawn again: prices, names and states are those of now.
let again = null;
let at = Infinity;

export default function redraw(wait = 0) {
  // Those who hear of the same thing at once do not all ask at once.
  const after = wait + 200 + Math.random() * 800;
  if (Date.now() + after >= at) return;
  clearTimeout(again);
  at = Date.now() + after;
  again = setTimeout(async () => {
    at = Infinity;
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = page.title;
    for (const part of document.querySelectorAll("[data-live-part]")) {
      const drawn = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      if (!drawn || part.innerHTML === drawn.innerHTML || part.contains(document.activeElement)) continue;
      part.replaceChildren(...drawn.childNodes);
    }
  }, after);
}
