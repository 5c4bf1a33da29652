import { B as makeTemporaryDirectory, z as claimTemporaryDirectory } from "../workspace.js";

export { claimTemporaryDirectory, makeTemporaryDirectory };