// What a page left going on for a person, such as a place in a queue, goes on wherever they walk: the page
// named a module of this site, which is told the page it is on now.
export const KEY = "left-going";

export default function leftGoing(main) {
  let left = null;
  try {
    left = JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return;
  }
  if (!left) return;
  if (left.person !== main.dataset.person) {
    // Of whoever was signed in before: it goes on for nobody, and tells nobody where they were.
    localStorage.removeItem(KEY);
    return;
  }
  if (!left.module?.startsWith("/")) return;
  import(left.module)
    .then(({ default: goOn }) => goOn(main, left))
    // A build that is gone: the page that left it says it anew.
    .catch(() => localStorage.removeItem(KEY));
}
