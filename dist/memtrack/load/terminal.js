import { h as renderTerminal, m as limitSentence } from "../render.js";

export { limitSentence, renderTerminal };