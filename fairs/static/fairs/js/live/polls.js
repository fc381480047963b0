// Polls: they appear as they are opened, take one vote, and show how they stand to whom they may.
import { bodyOf } from "./spoken.js";

const LANGUAGES = { en: ["en", "fr", "ar"], fr: ["fr", "en", "ar"], ar: ["ar", "fr", "en"] };
// Those who may ask how a poll stands do not ask all at once.
const SOONEST = 2_000;
const SPREAD = 4_000;

function attach(page) {
  const box = page.querySelector("[data-live-polls]");
  if (!box) return;
  const list = box.querySelector("[data-live-list]");
  const cardOf = (poll) => list.querySelector(`[data-poll="${poll}"]`);
  const words = (texts) => LANGUAGES[page.dataset.language].map((code) => texts[code]).find(Boolean) ?? "";
  const clone = (name) => box.querySelector(`[data-live-${name}]`).content.firstElementChild.cloneNode(true);
  const share = new Intl.NumberFormat(`${page.dataset.language}-u-nu-latn`, { style: "percent" });
  let link = null;
  let asking = 0;

  function standing(card, { total, counts }) {
    for (const [choice, votes] of Object.entries(counts)) {
      const row = card.querySelector(`[data-choice="${choice}"]`);
      if (!row) continue;
      const meter = row.querySelector("meter");
      meter.hidden = row.querySelector("[data-counts]").hidden = false;
      meter.max = Math.max(1, total);
      meter.value = votes;
      row.querySelector("[data-count]").textContent = votes;
      row.querySelector("[data-share]").textContent = share.format(votes / meter.max);
    }
    card.querySelector("[data-total-line]").hidden = false;
    card.querySelector("[data-total]").textContent = total;
  }

  function settle(card, isOpen) {
    const hasVoted = Boolean(card.dataset.chosen);
    const own = card.querySelector(`[data-choice="${card.dataset.chosen}"] input`);
    if (own) own.checked = true;
    card.querySelector("fieldset").disabled = hasVoted || !isOpen;
    for (const part of card.querySelectorAll("[data-cast]")) part.hidden = hasVoted || !isOpen;
    card.querySelector("[data-voted]").hidden = !hasVoted;
    card.querySelector("[data-over]").hidden = isOpen;
  }

  function draw({ poll, state, results, question, choices, standing: told }) {
    let card = cardOf(poll);
    if (!card) {
      card = clone("poll");
      card.dataset.poll = poll;
      card.querySelector("[name=poll]").value = poll;
      card.querySelector("[data-question-text]").textContent = words(question);
      for (const one of choices) {
        const row = clone("choice");
        row.dataset.choice = row.querySelector("input").value = one.choice;
        row.querySelector("[data-text]").textContent = words(one);
        card.querySelector("[data-choices]").append(row);
      }
      list.prepend(card);
    }
    card.dataset.results = results;
    settle(card, state === "open");
    if (told) standing(card, told);
    box.querySelector("[data-live-none]").hidden = true;
    list.dispatchEvent(new Event("live-news", { bubbles: true }));
  }

  async function askAgain(room) {
    asking = 0;
    const { polls } = await link.ask("poll.list", { room }).catch(() => ({ polls: [] }));
    for (const one of polls) if (one.standing && cardOf(one.poll)) standing(cardOf(one.poll), one.standing);
  }

  function moved(counts, room) {
    for (const [poll, told] of Object.entries(counts)) {
      const card = cardOf(poll);
      if (!card) continue;
      if (told.counts) standing(card, told);
      else if (card.dataset.results === "voted" && card.dataset.chosen)
        asking ||= setTimeout(() => askAgain(room), SOONEST + Math.random() * SPREAD);
    }
  }

  page.addEventListener("live-frame", ({ detail: frame }) => {
    if (frame.event === "entry" && frame.body.kind === "poll") draw(frame.body.data);
    if (frame.event === "poll_votes") moved(frame.body.counts, frame.room);
  });

  page.addEventListener("live-link", ({ detail }) => {
    link = detail.link;
    list.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { name, body } = bodyOf(event.target, detail.room);
      const card = cardOf(body.poll);
      const refused = card.querySelector("[data-live-refused]");
      if (!body.choice) return;
      try {
        const told = await link.ask(name, body);
        card.dataset.chosen = told.choice;
        settle(card, told.state === "open");
        if (told.standing) standing(card, told.standing);
        refused.textContent = "";
      } catch (refusal) {
        refused.textContent = refusal.message ?? page.dataset.notNow;
      }
    });
  });
}

document.querySelectorAll("[data-live-room]").forEach(attach);
