// Nothing that was typed is lost on its way. A draft that is kept in passing is waited for before anything is
// pressed: sent beside it, a new page would be begun twice, and refused because its address is taken by itself.
// And the house is asked first whether who writes is still signed in: a sign-in page in its place would erase it.
const FORMS = "form[data-edit-form], form.sides";
const keeping = new Set();
const pressed = new Map();
const asked = new WeakSet();
const again = new WeakSet();
const { here } = document.currentScript.dataset;
const dialog = document.querySelector(".house-told");

// Each sign-in gives another token; the form gets the one that holds now. What is to be told, if anything.
async function askHouse(form) {
  try {
    const answer = await fetch(here, { headers: { Accept: "application/json" } });
    if (!answer.ok) return dialog.dataset.signedOut;
    form.elements.namedItem("csrfmiddlewaretoken").value = (await answer.json()).token;
    return "";
  } catch {
    return dialog.dataset.noAnswer;
  }
}

function tell(sentence) {
  dialog.querySelector("p").textContent = sentence;
  dialog.querySelector("a").hidden = sentence !== dialog.dataset.signedOut;
  if (!dialog.open) dialog.showModal();
}

async function send(form) {
  const button = pressed.get(form);
  const told = await askHouse(form);
  pressed.delete(form);
  // Wagtail takes a button away that was pressed, and a browser leaves out the name of one that is away.
  button?.removeAttribute("disabled");
  if (told) {
    if (button?.dataset.wProgressLoadingValue) button.dataset.wProgressLoadingValue = "false";
    tell(told);
    return;
  }
  asked.add(form);
  form.requestSubmit(button);
}

// Wagtail takes what stands in a form two seconds after it came as what was there: who types sooner is heard.
const watched = new WeakSet();
document.addEventListener("w-unsaved:watch-edits", ({ target }) => watched.add(target), true);
document.addEventListener("input", ({ target, isTrusted }) => {
  const form = target.closest("form[data-controller~=w-unsaved]");
  if (!isTrusted || !form || watched.has(form)) return;
  form.dataset.wUnsavedForceValue = "true";
  form.dataset.wUnsavedHasEditsValue = "true";
}, true);

document.addEventListener("w-autosave:save", (event) => {
  if (!event.defaultPrevented) keeping.add(event.target);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(FORMS) || asked.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const isOnItsWay = pressed.has(form);
  pressed.set(form, event.submitter);
  if (!isOnItsWay && !keeping.has(form)) send(form);
}, true);
for (const end of ["w-autosave:success", "w-autosave:error"]) {
  document.addEventListener(end, ({ target: form }) => {
    keeping.delete(form);
    if (end.endsWith("success")) again.delete(form);
    if (pressed.has(form)) send(form);
  });
}
document.addEventListener("w-autosave:error", async ({ target: form, detail }) => {
  if (detail.response?.code === "signed_out") {
    if (detail.text !== dialog.dataset.signedOut && !pressed.has(form)) tell(dialog.dataset.signedOut);
    detail.text = dialog.dataset.signedOut;
  } else if (detail.type === "server_error" && !again.has(form) && !(await askHouse(form))) {
    // Who is signed in again writes on with another token, and is refused with the one before.
    again.add(form);
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  }
}, true);
