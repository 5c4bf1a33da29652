import { t as readTrace } from "../formats.js";

export { readTrace };