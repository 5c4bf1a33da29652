import { i as readViewer, n as demoDirectory, r as readDemanglerWasm, t as VERSION } from "../assets.js";

export { VERSION, demoDirectory, readDemanglerWasm, readViewer };