import { t as createTracker } from "../trackers.js";

export { createTracker };