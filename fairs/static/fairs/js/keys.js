// A letter presses what carries it, while the focus is inside and nothing is being typed.
const TYPED = "input, textarea, select";

function attach(region) {
  region.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPED)) return;
    const named = region.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    // What writes to somebody at once is no slip of one finger.
    if (!named || ("keyShift" in named.dataset && !event.shiftKey)) return;
    event.preventDefault();
    named.click();
    // What opened waits for its reason.
    named.closest("details[open]")?.querySelector(`:is(${TYPED}):not([type="hidden"])`)?.focus();
  });
}

document.querySelectorAll("[data-keys]").forEach((region) => {
  attach(region);
  region.focus({ preventScroll: true });
});
