import { A as readSettings, D as createGit, E as configurationEnvironment, O as isFullSha, T as checkRevisionName, k as openRepository } from "../workspace.js";

export { checkRevisionName, configurationEnvironment, createGit, isFullSha, openRepository, readSettings };