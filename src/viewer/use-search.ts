import { useMemo } from 'preact/hooks';
import type { BenchmarkModel, DrawnTree } from './benchmark-model.ts';
import { findMatches, type Matcher, type Matches, makeMatcher, matchFrames } from './search.ts';
import type { ViewState } from './view-state.ts';

/** What the reader searches for, and where the flame graph has it. */
export interface Search {
  /** Null without a search, and of one that is none. */
  readonly matcher: Matcher | null;
  /** Why it is none, as the browser says it. */
  readonly problem: string | null;
  /** Null in other views, too. */
  readonly matches: Matches | null;
}

/** The search of the view's query, anew when either changes. */
export function useSearch(model: BenchmarkModel, drawn: DrawnTree, { query, view }: ViewState): Search {
  const { matcher, problem } = useMatcher(query);
  const matches = useMemo(() => {
    if (matcher === null || view !== 'flame') return null;
    const { frames } = model.data;
    return findMatches(
      drawn.graph,
      (node) => drawn.tree.frame[drawn.treeNode[node]],
      matchFrames(frames, matcher),
    );
  }, [matcher, model, drawn, view]);
  return { matcher, problem, matches };
}

function useMatcher(query: string): Pick<Search, 'matcher' | 'problem'> {
  return useMemo(() => {
    const made = makeMatcher(query);
    if (made === null || typeof made === 'function') return { matcher: made, problem: null };
    return { matcher: null, problem: made.problem };
  }, [query]);
}
