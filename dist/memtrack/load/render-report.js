import { i as renderReport, r as pictureOf } from "../render.js";

export { pictureOf, renderReport };