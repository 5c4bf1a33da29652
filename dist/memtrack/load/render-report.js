import { d as renderReport, u as pictureOf } from "../render.js";

export { pictureOf, renderReport };