import { i as compare } from "../commands.js";

export { compare };