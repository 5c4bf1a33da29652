import { C as checkRevisionName, D as openRepository, E as isFullSha, O as readSettings, T as createGit, w as configurationEnvironment } from "../workspace.js";

export { checkRevisionName, configurationEnvironment, createGit, isFullSha, openRepository, readSettings };