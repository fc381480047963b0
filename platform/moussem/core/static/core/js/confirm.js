// The dangerous button wakes once the phrase is typed; the server asks for it again.
export default function confirm(form) {
  const typed = form.elements.confirmation;
  const button = form.querySelector("[type='submit']");
  const check = () => {
    button.disabled = typed.value.trim() !== form.dataset.confirm;
  };
  typed.addEventListener("input", check);
  check();
}
