import { t as writeReportFiles } from "../publish.js";

export { writeReportFiles };