import { a as demo } from "../commands.js";

export { demo };