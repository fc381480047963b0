// A choice changes what the page says elsewhere: data-told-on-change names that part. The form is sent as
// its button without script would send it, and the answer's part takes the place of ours.
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
      const fresh = page.querySelector(form.dataset.toldOnChange);
      // The part itself stays, so that a screen reader goes on listening to it.
      if (fresh) document.querySelector(form.dataset.toldOnChange).replaceChildren(...fresh.childNodes);
    } catch {
      // A newer choice or the next page came first, or the network is gone: the next step says it anyway.
    }
  });
}
