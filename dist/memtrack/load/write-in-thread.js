import { n as startFoldedFiles, t as carryOutOrder } from "../folded-files.js";

export { carryOutOrder, startFoldedFiles };