// Finds what asks for a behaviour by its data attribute and loads only those behaviours.
const behaviours = {
  "[data-error-summary]": () => import("./error-summary.js"),
  "[data-sliding]": () => import("./sliding.js"),
  "[data-menu]": () => import("./menu.js"),
  "[data-copy]": () => import("./copy.js"),
  "[data-dismiss]": () => import("./dismiss.js"),
  "[data-confirm]": () => import("./confirm.js"),
  // First what has served or is not this person's goes, then what is left is put back.
  "main[data-person]": () => import("./drafts-of-others.js"),
  "html[data-kept]": () => import("./device/as-of.js"),
  "body main[data-person]": () => import("./device/here.js"),
  "[data-keep]": () => import("./device/keep.js"),
  "[data-draft-done]": () => import("./draft-done.js"),
  "form[data-draft]": () => import("./draft.js"),
  "form[data-outbox]": () => import("./device/form.js"),
  "[data-device]": () => import("./device/page.js"),
  "form[data-sign-out]": () => import("./sign-out.js"),
  "main.content[data-person]": () => import("./left-going.js"),
  "main.content": () => import("./typed.js"),
  "form[data-submit-once]": () => import("./submit-once.js"),
  "[data-time-zone]": () => import("./time-zone.js"),
  "[data-upload]": () => import("./upload.js"),
  "[data-suggest]": () => import("./suggest.js"),
  "[data-submit-on-change]": () => import("./submit-on-change.js"),
  "[data-tick-all]": () => import("./tick-all.js"),
  "[data-walk]": () => import("./walk.js"),
  "form[data-told-on-change]": () => import("./told-on-change.js"),
};

const attached = new WeakMap();

async function attach(root) {
  for (const [selector, load] of Object.entries(behaviours)) {
    const elements = [...root.querySelectorAll(selector)];
    if (root instanceof Element && root.matches(selector)) elements.push(root);
    if (!elements.length) continue;
    const { default: behave } = await load();
    for (const element of elements) {
      const known = attached.get(element) ?? new Set();
      if (known.has(selector)) continue;
      known.add(selector);
      attached.set(element, known);
      behave(element);
    }
  }
}

attach(document).then(() => {
  document.documentElement.dataset.ready = "";
});
// Pieces of page that htmx brings behave like the rest.
document.addEventListener("htmx:load", (event) => attach(event.detail.elt));
