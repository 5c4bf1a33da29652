import { a as UNRESOLVED, o as createFunctionNamer } from "../symbols.js";

export { UNRESOLVED, createFunctionNamer };