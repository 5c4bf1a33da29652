import { n as createDemangler, t as MAX_MANGLED_LENGTH } from "../symbols.js";

export { MAX_MANGLED_LENGTH, createDemangler };