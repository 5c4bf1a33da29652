import { I as childEnvironment, L as secretValues } from "../workspace.js";

export { childEnvironment, secretValues };