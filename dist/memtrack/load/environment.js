import { F as secretValues, P as childEnvironment } from "../workspace.js";

export { childEnvironment, secretValues };