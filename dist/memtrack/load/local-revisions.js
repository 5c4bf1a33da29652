import { t as chooseLocalRevisions } from "../commands.js";

export { chooseLocalRevisions };