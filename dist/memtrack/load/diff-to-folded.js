import { n as diffToFolded, r as foldedColumns, t as columnsToFolded } from "../diff.js";

export { columnsToFolded, diffToFolded, foldedColumns };