// The page after an accepted form carries data-draft-done="name": its draft has served.
import { dropDraft } from "./drafts.js";

export default function draftDone(element) {
  dropDraft(element.dataset.draftDone);
  // Once: what is typed after it is not dropped when this page is loaded again.
  const address = new URL(location.href);
  if (!address.searchParams.has("done")) return;
  address.searchParams.delete("done");
  history.replaceState(history.state, "", address);
}
