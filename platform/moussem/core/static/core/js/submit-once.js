// A second press while the first is on its way sends nothing; coming back makes the form ready again.
export default function submitOnce(form) {
  let sent = false;
  // A button may stand outside its form.
  const buttons = () => [...form.elements].filter((one) => one.type === "submit");
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    for (const button of buttons()) {
      button.setAttribute("aria-busy", "true");
      button.setAttribute("aria-disabled", "true");
    }
  });
  window.addEventListener("pageshow", () => {
    sent = false;
    for (const button of buttons()) {
      button.removeAttribute("aria-busy");
      button.removeAttribute("aria-disabled");
    }
  });
}
