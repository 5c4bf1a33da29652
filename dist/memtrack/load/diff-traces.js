import { i as reportTraceDiff, n as diffTraces, r as layTracesOver } from "../commands.js";

export { diffTraces, layTracesOver, reportTraceDiff };