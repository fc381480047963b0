// Closes the message that holds the button; the button shows only where script runs.
export default function dismiss(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const message = button.closest("[data-dismissable]");
    const place = message.parentElement;
    message.remove();
    if (!place.children.length) place.replaceChildren();
    document.getElementById("main")?.focus({ preventScroll: true });
  });
}
