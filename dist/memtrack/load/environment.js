import { R as childEnvironment, z as secretValues } from "../workspace.js";

export { childEnvironment, secretValues };