// Questions to who speaks: they appear, rise with their votes, and are asked even while the network is away.
import { bodyOf } from "./spoken.js";

function attach(page) {
  const box = page.querySelector("[data-live-questions]");
  if (!box) return;
  const list = box.querySelector("[data-live-list]");
  const asked = box.querySelector("[data-live-asked]");
  const form = box.querySelector("[data-live-ask]");
  const refused = box.querySelector("[data-live-refused]");
  const rowOf = (question) => list.querySelector(`[data-question="${question}"]`);
  const say = (text) => refused && (refused.textContent = text);

  function sort() {
    const rank = (row) => [row.hasAttribute("data-answered") ? 1 : 0, -row.dataset.votes, Number(row.dataset.question)];
    const compare = (one, other) => {
      const [mine, theirs] = [rank(one), rank(other)];
      const at = mine.findIndex((part, number) => part !== theirs[number]);
      return at < 0 ? 0 : mine[at] - theirs[at];
    };
    const rows = [...list.children];
    const sorted = [...rows].sort(compare);
    // Rows that stand right are left alone: moving them would take the focus.
    if (!sorted.every((row, number) => row === rows[number])) {
      const held = list.contains(document.activeElement) ? document.activeElement : null;
      list.append(...sorted);
      held?.focus({ preventScroll: true });
    }
    box.querySelector("[data-live-none]").hidden = list.children.length > 0;
  }

  function count(row, votes) {
    row.dataset.votes = votes;
    row.querySelector("[data-count]").textContent = votes;
  }

  function press(row, isOn) {
    row.querySelector("button").setAttribute("aria-pressed", isOn);
    row.querySelector("[name=on]").value = !isOn;
  }

  function draw({ question, state, text, asker, votes, answer }) {
    let row = rowOf(question);
    if (state === "hidden" || state === "merged") row?.remove();
    else {
      if (!row) {
        row = box.querySelector("[data-live-question]").content.firstElementChild.cloneNode(true);
        row.dataset.question = question;
        row.querySelector("[name=question]").value = question;
        row.querySelector("[name=csrfmiddlewaretoken]").value = link?.token ?? "";
        list.append(row);
      }
      const isAnswered = state === "answered";
      row.querySelector("[data-text]").textContent = text;
      row.querySelector("[data-by]").textContent = asker?.name || page.dataset.somebody;
      row.querySelector("[data-waits]").hidden = state !== "waiting";
      row.querySelector("[data-done]").hidden = !isAnswered;
      row.querySelector("button").disabled = state !== "shown";
      row.classList.toggle("question--answered", isAnswered);
      row.toggleAttribute("data-answered", isAnswered);
      const written = row.querySelector("[data-answer]");
      written.textContent = answer;
      written.hidden = !answer;
      count(row, votes);
    }
    sort();
    list.dispatchEvent(new Event("live-news", { bubbles: true }));
  }

  let link = null;
  page.addEventListener("live-frame", ({ detail: frame }) => {
    if (frame.event === "entry" && frame.body.kind === "question") draw(frame.body.data);
    if (frame.event === "votes") {
      for (const [question, votes] of Object.entries(frame.body.counts)) {
        const row = rowOf(question);
        if (row) count(row, votes);
      }
      sort();
    }
    if (frame.event === "closed" && form) form.hidden = true;
  });

  page.addEventListener("live-link", ({ detail }) => {
    link = detail.link;
    list.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { name, body } = bodyOf(event.target, detail.room);
      const row = rowOf(body.question);
      try {
        const told = await link.ask(name, body);
        press(row, told.on);
        count(row, told.votes);
        sort();
        say("");
      } catch (refusal) {
        say(refusal.message ?? page.dataset.notNow);
      }
    });
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const { name, body } = bodyOf(form, detail.room);
      if (!body.text) {
        say(page.dataset.empty);
        form.elements.text.focus();
        return;
      }
      say("");
      link.write(name, { ...body, uuid: undefined });
      const isLinked = ["connected", "by-questions"].includes(link.state);
      asked.textContent = isLinked ? page.dataset.beingSent : asked.dataset.kept;
      form.elements.text.value = "";
      form.elements.anonymous.checked = false;
    });
    const isOurs = ({ item }) => item.name === "question.ask" && item.body.room === detail.room;
    link.addEventListener("sent", ({ detail: told }) => {
      if (!isOurs(told)) return;
      say("");
      asked.textContent = asked.dataset[told.body.state] ?? "";
      if (told.body.state !== "waiting") return;
      const { text, anonymous } = told.item.body;
      const asker = anonymous ? null : { name: page.dataset.name };
      draw({ question: told.body.question, state: "waiting", text, asker, votes: 0, answer: "" });
    });
    link.addEventListener("waits", ({ detail: told }) => isOurs(told) && say(page.dataset.sentSoon));
    link.addEventListener("refused", ({ detail: told }) => {
      if (!isOurs(told)) return;
      say(told.refusal.message);
      asked.textContent = "";
      form.elements.text.value ||= told.item.body.text;
    });
  });
}

document.querySelectorAll("[data-live-room]").forEach(attach);
