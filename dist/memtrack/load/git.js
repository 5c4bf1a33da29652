import { C as configurationEnvironment, D as readSettings, E as openRepository, S as checkRevisionName, T as isFullSha, w as createGit } from "../workspace.js";

export { checkRevisionName, configurationEnvironment, createGit, isFullSha, openRepository, readSettings };