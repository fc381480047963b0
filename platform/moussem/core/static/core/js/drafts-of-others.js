// main[data-person] says who is signed in: what others had typed here goes away.
import { dropDraftsOfOthers } from "./drafts.js";

export default dropDraftsOfOthers;
