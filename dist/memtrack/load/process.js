import { A as runProcess, j as startProcess } from "../workspace.js";

export { runProcess };