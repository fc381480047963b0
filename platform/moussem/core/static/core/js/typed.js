// What is typed outlives a session that ended, and a change of language in the middle of a form.
// It is put back only when the same form comes back after signing in or in the other language.
import { collect, restore } from "./typed-fields.js";
import { tellKept } from "./typed-notice.js";

const KEY = "typed";

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

function write(kept) {
  try {
    if (Object.keys(kept).length) sessionStorage.setItem(KEY, JSON.stringify(kept));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A device without room keeps nothing; the page works as it does without script.
  }
}

function withoutLanguage(path) {
  const prefix = `/${document.documentElement.lang}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length - 1) : path;
}

// Attributes are asked, since a field named "method" or "action" hides the property of its form.
function formsOf(main) {
  const counted = {};
  const posts = [...main.querySelectorAll("form")].filter(
    (form) => form.getAttribute("method")?.toLowerCase() === "post" && !form.dataset.draft,
  );
  return posts.map((form) => {
    const action = withoutLanguage(form.getAttribute("action") ?? "");
    counted[action] = (counted[action] ?? 0) + 1;
    return [`${action}#${counted[action]}`, form];
  });
}

export default function keepTyped(main) {
  const here = withoutLanguage(location.pathname);
  const person = main.dataset.person ?? "";
  const isSignIn = main.querySelector("[data-sign-in]") !== null;

  function keep(why) {
    const forms = Object.fromEntries(formsOf(main).map(([name, form]) => [name, collect(form)]));
    if (Object.values(forms).some((typed) => Object.keys(typed).length)) {
      write({ ...read(), [here]: { why, person, forms } });
    }
  }

  function putBack(snapshot) {
    // Whoever signs in next on a shared computer does not read what somebody else had typed.
    if (snapshot.person && snapshot.person !== person) return;
    const changed = formsOf(main).filter(
      ([name, form]) => name in snapshot.forms && restore(form, snapshot.forms[name]),
    );
    if (changed.length) tellKept();
  }

  const { [here]: mine, ...others } = read();
  if (isSignIn) for (const snapshot of Object.values(others)) snapshot.why = "sign-in";
  write(isSignIn ? others : {});
  if (mine && mine.why !== "sent") putBack(mine);

  main.addEventListener("submit", () => {
    if (!isSignIn) keep("sent");
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[hreflang]")) keep("language");
  });
}
