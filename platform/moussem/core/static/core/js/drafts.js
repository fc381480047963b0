// What is typed and not sent yet, kept on this device under the name of the form and of the person:
// whoever uses the same browser next reads none of it.
const START = "draft:";

// A word of its own for each person, that says nothing to others; none while nobody is signed in.
const person = () => document.querySelector("main.content")?.dataset.person ?? "";
const keyOf = (name) => `${START}${person()}:${name}`;

// A device without room, or one that forbids it, keeps nothing; the page works as it does without script.
function tried(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

export const draftOf = (name) => tried(() => JSON.parse(localStorage.getItem(keyOf(name)) ?? "null"));
export const keepDraft = (name, draft) => tried(() => localStorage.setItem(keyOf(name), JSON.stringify(draft)));
export const dropDraft = (name) => tried(() => localStorage.removeItem(keyOf(name)));

function dropAllBut(start) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(START) && (!start || !key.startsWith(start))) localStorage.removeItem(key);
  }
}

// A session may end without being signed out of: only somebody else who is there ends the drafts of the last.
export function dropDraftsOfOthers() {
  tried(() => dropAllBut(keyOf("")));
}

export function dropAllDrafts() {
  tried(() => dropAllBut(""));
  tried(() => sessionStorage.removeItem("typed"));
}
