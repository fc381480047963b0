// Whoever signs out leaves nothing that they had typed to whoever sits down next.
import { dropAllDrafts } from "./drafts.js";

export default function signOut(form) {
  form.addEventListener("submit", dropAllDrafts);
}
