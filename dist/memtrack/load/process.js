import { M as startProcess, j as runProcess } from "../workspace.js";

export { runProcess };