import { r as childEnvironment } from "../workspace.js";

export { childEnvironment };