import { c as renderTerminal, s as limitSentence } from "../render.js";

export { limitSentence, renderTerminal };