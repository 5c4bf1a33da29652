import { n as diffTraces } from "../commands.js";

export { diffTraces };