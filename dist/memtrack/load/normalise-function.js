import { a as createFunctionNamer, i as UNRESOLVED } from "../symbols.js";

export { UNRESOLVED, createFunctionNamer };