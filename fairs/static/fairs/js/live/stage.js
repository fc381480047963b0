// The stage of a room: captions as they are typed, reactions as they are thrown, a way out for streams that this
// browser does not play.
import { bodyOf } from "./spoken.js";

const LINES = 40;
const SHOWN_FOR = 3_000;
const NEAR_THE_END = 80;

function attach(page) {
  const stage = page.querySelector("[data-live-stage]");
  if (!stage) return;
  const lines = stage.querySelector("[data-live-captions]");
  const media = stage.querySelector("[data-live-media]");
  const outside = stage.querySelector("[data-live-outside]");
  lines.scrollTop = lines.scrollHeight;
  // Where streams play, the way out is needed only when one fails.
  if (media && (media.canPlayType("application/vnd.apple.mpegurl") || !/\.m3u8(\?|$)/.test(media.src))) {
    outside.hidden = true;
    media.addEventListener("error", () => (outside.hidden = false));
  }

  // A talk begins and ends while people are here.
  const told = page.querySelectorAll("[data-live-when]");
  setInterval(() => {
    const now = Date.now();
    for (const one of told) one.hidden = now < Date.parse(one.dataset.from) || now >= Date.parse(one.dataset.until);
  }, 5_000);

  const fading = new Map();
  function react(counts) {
    for (const [kind, times] of Object.entries(counts)) {
      const shown = stage.querySelector(`[data-live-reaction="${CSS.escape(kind)}"]`);
      if (!shown) continue;
      shown.textContent = `+${Number(shown.textContent.replace("+", "")) + times}`;
      shown.closest("button").setAttribute("data-thrown", "");
      clearTimeout(fading.get(kind));
      fading.set(
        kind,
        setTimeout(() => {
          shown.textContent = "";
          shown.closest("button").removeAttribute("data-thrown");
        }, SHOWN_FOR),
      );
    }
  }

  function caption({ text, language }, seq) {
    if (lines.querySelector(`[data-seq="${seq}"]`)) return;
    lines.querySelector("[data-live-none]")?.remove();
    const follows = lines.scrollHeight - lines.scrollTop - lines.clientHeight < NEAR_THE_END;
    const line = document.createElement("li");
    Object.assign(line, { lang: language, dir: "auto", textContent: text });
    line.dataset.seq = seq;
    lines.append(line);
    while (lines.children.length > LINES) lines.firstElementChild.remove();
    if (follows) lines.scrollTop = lines.scrollHeight;
  }

  page.addEventListener("live-frame", ({ detail: frame }) => {
    if (frame.event === "reactions") react(frame.body.counts);
    if (frame.event === "stage") stage.querySelector("[data-live-stage-changed]").hidden = false;
    if (frame.event === "slow") {
      const slow = page.querySelector("[data-live-slow]");
      slow.hidden = !frame.body.seconds;
      slow.querySelector("[data-live-slow-seconds]").textContent = frame.body.seconds;
    }
    if (frame.event === "entry" && frame.body.kind === "caption") caption(frame.body.data, frame.seq);
  });

  page.addEventListener("live-link", ({ detail: { link, room } }) => {
    stage.addEventListener("submit", (event) => {
      const form = event.target.closest("[data-live-do]");
      if (!form) return;
      event.preventDefault();
      const { name, body } = bodyOf(form, room);
      const refused = form.querySelector("[data-live-refused]");
      if (!form.hasAttribute("data-live-kept")) return link.ask(name, body).catch(() => {});
      if (!body.text) return;
      link.write(name, { ...body, uuid: undefined });
      refused.textContent = "";
      form.elements.text.value = "";
    });
    link.addEventListener("refused", ({ detail: { item, refusal } }) => {
      if (item.name !== "caption.write") return;
      const form = stage.querySelector("[data-live-kept]");
      form.querySelector("[data-live-refused]").textContent = refusal.message;
      form.elements.text.value ||= item.body.text;
    });
  });
}

document.querySelectorAll("[data-live-room]").forEach(attach);
