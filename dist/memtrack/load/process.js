import { A as startProcess, k as runProcess } from "../workspace.js";

export { runProcess };