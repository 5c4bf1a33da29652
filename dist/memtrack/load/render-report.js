import { a as renderReport, i as pictureOf } from "../render.js";

export { pictureOf, renderReport };