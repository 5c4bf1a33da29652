import { o as compare } from "../commands.js";

export { compare };