// A choice changes what the page says elsewhere: data-told-on-change names those parts. The form is sent as
// its button without script would send it, and the answer's parts take the place of ours.
export default function toldOnChange(form) {
  let running;
  form.addEventListener("change", async () => {
    running?.abort();
    running = new AbortController();
    const sent = new FormData(form);
    sent.set("update", "1");
    try {
      const answer = await fetch(location.href, { method: "POST", body: sent, signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll(form.dataset.toldOnChange)) {
        const fresh = page.getElementById(part.id);
        // The part itself stays, so that a screen reader goes on listening to it, and what is unfolded stays so.
        const open = [...part.querySelectorAll("details")].map((one) => one.open);
        if (fresh) part.replaceChildren(...fresh.childNodes);
        part.querySelectorAll("details").forEach((one, place) => (one.open = open[place] ?? one.open));
      }
    } catch {
      // A newer choice or the next page came first, or the network is gone: the next step says it anyway.
    }
  });
}
