import { t as readSideBySide } from "../trace-files.js";

export { readSideBySide };