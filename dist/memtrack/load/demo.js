import { r as demo } from "../commands.js";

export { demo };