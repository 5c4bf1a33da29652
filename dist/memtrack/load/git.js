import { D as isFullSha, E as createGit, O as openRepository, T as configurationEnvironment, k as readSettings, w as checkRevisionName } from "../workspace.js";

export { checkRevisionName, configurationEnvironment, createGit, isFullSha, openRepository, readSettings };