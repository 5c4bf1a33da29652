import { t as renderSvg } from "../picture.js";

export { renderSvg };