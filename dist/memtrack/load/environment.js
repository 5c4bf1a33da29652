import { L as childEnvironment, R as secretValues } from "../workspace.js";

export { childEnvironment, secretValues };