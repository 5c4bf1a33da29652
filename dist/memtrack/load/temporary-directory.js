import { I as claimTemporaryDirectory, L as makeTemporaryDirectory } from "../workspace.js";

export { claimTemporaryDirectory, makeTemporaryDirectory };