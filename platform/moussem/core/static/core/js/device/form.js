// form[data-outbox=name]: without a network what is sent waits on this device. A form whose data-outbox-stays
// says what to say is sent without leaving the page.
import { dropDraft } from "../drafts.js";
import { REFUSED, SENT, WAITING, deliver, itemsOf, personHere, post } from "./outbox.js";
import { newUuid } from "./store.js";

// Why something waits, and the attribute that says it.
const WORDS = { offline: "kept", "signed-out": "signedOut", busy: "tooFast", fault: "fault" };
const words = () => document.querySelector("template[data-outbox-words]").dataset;

function lineOf(form) {
  let line = form.querySelector("[data-outbox-line]");
  if (!line) {
    line = document.createElement("p");
    line.dataset.outboxLine = "";
    line.setAttribute("role", "status");
    form.append(line);
  }
  return line;
}

export default function outboxForm(form) {
  const say = (text) => (lineOf(form).textContent = text);
  const address = new URL(form.getAttribute("action") || location.href, location.href).pathname;
  let isGoing = false;

  // The same words pressed twice while there is no network are one thing.
  const isKept = async (said) =>
    (await itemsOf(personHere())).some((item) => item.state === WAITING && item.address === address && String(new URLSearchParams(item.form)) === said);

  async function keep(item, why) {
    const isTold = (await isKept(String(new URLSearchParams(item.form))).catch(() => false)) || (await post(item));
    say(isTold ? words()[WORDS[why]] : words().full);
    if (isTold && form.dataset.draft) dropDraft(form.dataset.draft);
  }

  function leave(to) {
    const there = new URL(to, location.href);
    const isHere = there.pathname + there.search === location.pathname + location.search;
    // A page is asked for once: what it says of what was done, it says only once.
    if (!isHere) return location.assign(there);
    history.replaceState(history.state, "", there);
    location.reload();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isGoing) return;
    isGoing = true;
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    const pairs = [...new FormData(form, button)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    const text = [...form.querySelectorAll("textarea")].map((field) => field.value).filter(Boolean).join("\n");
    const item = { uuid: newUuid(), person: personHere(), what: form.dataset.outbox, address, form: pairs, text };
    const { state, to, why } = navigator.onLine ? await deliver(item, true) : { state: WAITING, why: "offline" };
    isGoing = false;
    button?.removeAttribute("aria-busy");
    if (state === SENT && form.dataset.outboxStays) {
      if (form.dataset.draft) dropDraft(form.dataset.draft);
      say((text ? "" : form.dataset.outboxEmpty) || form.dataset.outboxStays);
    }
    else if (state === SENT) leave(to);
    // The page says why, beside what was typed.
    else if (state === REFUSED) HTMLFormElement.prototype.submit.call(form);
    else await keep(item, why);
  });
}
