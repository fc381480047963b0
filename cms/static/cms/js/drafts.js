// A draft that is kept in passing is waited for before anything is pressed: sent beside it, a new page would be
// begun twice, and refused because its address is taken by itself.
const keeping = new Set();
const pressed = new Map();

document.addEventListener("w-autosave:save", (event) => {
  if (!event.defaultPrevented) keeping.add(event.target);
});
document.addEventListener("submit", (event) => {
  if (!keeping.has(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  pressed.set(event.target, event.submitter);
}, true);
for (const end of ["w-autosave:success", "w-autosave:error"]) {
  document.addEventListener(end, ({ target: form }) => {
    keeping.delete(form);
    if (!pressed.has(form)) return;
    const button = pressed.get(form);
    pressed.delete(form);
    form.requestSubmit(button);
  });
}
