/** Which frames of a profile are the repository's own, and where: what ownership found out, as data that can travel. */
export interface FramePaths {
  /** Paths inside the repository. */
  readonly paths: readonly string[];
  /** For each row of the frame table an index into `paths`, or -1. */
  readonly ofFrame: Int32Array;
}
