import { d as claimTemporaryDirectory, f as makeTemporaryDirectory } from "../workspace.js";

export { claimTemporaryDirectory, makeTemporaryDirectory };