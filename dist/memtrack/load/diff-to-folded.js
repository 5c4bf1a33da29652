import { t as diffToFolded } from "../diff.js";

export { diffToFolded };