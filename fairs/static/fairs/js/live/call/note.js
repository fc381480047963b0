// A note of the meeting is kept without leaving the call.
export default function note(page) {
  const form = page.querySelector("[data-call-note]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-said]");
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const sent = { method: "POST", body: new FormData(form) };
    const answer = await fetch(form.action, sent).catch(() => null);
    // Kept, it leads on to the page of the meeting; refused, the same page comes back.
    said.textContent = answer?.ok && answer.redirected ? form.dataset.kept : form.dataset.failed;
    button.disabled = false;
  });
}
