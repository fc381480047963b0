// What a form without script would send, as the body of a command: the same kinds as fairs/live/plain.py knows.
const NUMBERS = ["question", "into", "poll", "choice", "seq", "seconds"];
const TICKS = ["anonymous", "on"];

export function bodyOf(form, room) {
  const { do: name, csrfmiddlewaretoken: _token, ...said } = Object.fromEntries(new FormData(form));
  const body = { room };
  for (const [field, value] of Object.entries(said)) {
    if (NUMBERS.includes(field)) body[field] = Number(value);
    else if (TICKS.includes(field)) body[field] = value === "true";
    else if (field.startsWith("choices_")) body[field] = linesOf(value);
    else body[field] = value.trim();
    if (body[field] === "") delete body[field];
  }
  return { name, body };
}

const linesOf = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
