import { t as heaptrackFolded } from "../formats.js";

export { heaptrackFolded };