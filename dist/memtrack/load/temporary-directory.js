import { R as claimTemporaryDirectory, z as makeTemporaryDirectory } from "../workspace.js";

export { claimTemporaryDirectory, makeTemporaryDirectory };