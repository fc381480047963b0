// The page after an accepted form carries data-draft-done="name": its draft has served.
export default function draftDone(element) {
  localStorage.removeItem(`draft:${element.dataset.draftDone}`);
}
