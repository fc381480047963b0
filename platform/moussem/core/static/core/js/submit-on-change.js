// A choice sends its form at once; the button beside it is for pages without script.
export default function submitOnChange(element) {
  const form = element.form ?? element.closest("form");
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
  element.addEventListener("change", () => form.requestSubmit());
}
