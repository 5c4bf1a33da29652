/*
 * What became of the costs of a stack, a frame or a whole tree between base and head:
 *
 *   base = kept + movedAway + gone        head = kept + movedHere + added
 */

/** Bytes or calls, a row for each node. */
export interface CostParts {
  /** What both sides have. */
  readonly kept: Float64Array;
  /** Of base: what other stacks took over. */
  readonly movedAway: Float64Array;
  /** Of base: what head has nowhere. */
  readonly gone: Float64Array;
  /** Of head: what other stacks gave up. */
  readonly movedHere: Float64Array;
  /** Of head: what base has nowhere. */
  readonly added: Float64Array;
}

export const COST_PARTS = ['kept', 'movedAway', 'gone', 'movedHere', 'added'] as const;

/** Each part as `columnOf` makes it. */
export function forEachPart(columnOf: (part: keyof CostParts) => Float64Array): CostParts {
  return {
    kept: columnOf('kept'),
    movedAway: columnOf('movedAway'),
    gone: columnOf('gone'),
    movedHere: columnOf('movedHere'),
    added: columnOf('added'),
  };
}

/** Nothing yet, for `length` nodes. */
export function noParts(length: number): CostParts {
  return forEachPart(() => new Float64Array(length));
}

/** What a node costs on base. */
export function baseOf(parts: CostParts, node: number): number {
  return parts.kept[node] + parts.movedAway[node] + parts.gone[node];
}

/** What a node costs on head. */
export function headOf(parts: CostParts, node: number): number {
  return parts.kept[node] + parts.movedHere[node] + parts.added[node];
}

/** What of a node is not the same on both sides, moved or not, base's and head's added up. */
export function changeOf(parts: CostParts, node: number): number {
  return parts.gone[node] + parts.added[node] + parts.movedAway[node] + parts.movedHere[node];
}
