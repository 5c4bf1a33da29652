import { B as claimTemporaryDirectory, V as makeTemporaryDirectory } from "../workspace.js";

export { claimTemporaryDirectory, makeTemporaryDirectory };