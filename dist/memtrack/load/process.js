import { O as runProcess, k as startProcess } from "../workspace.js";

export { runProcess };