import { C as openRepository } from "../workspace.js";

export { openRepository };