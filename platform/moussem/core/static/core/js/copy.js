// data-copy="text" copies it; data-copied="word" says so for two seconds in the button itself.
export default function copy(button) {
  if (!navigator.clipboard) {
    button.hidden = true;
    return;
  }
  button.hidden = false;
  const label = button.querySelector("[data-copy-label]") ?? button;
  const before = label.textContent;
  label.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = button.dataset.copied ?? before;
    setTimeout(() => {
      label.textContent = before;
    }, 2000);
  });
}
