import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ReportData } from '../viewer-data/report-data.ts';
import type { BenchmarkModel } from './benchmark-model.ts';
import { formatLink, parseLink, type ViewState } from './view-state.ts';

/** What is to be another, perhaps by what is there now. */
export type ViewChange = Partial<ViewState> | ((before: ViewState) => Partial<ViewState>);

/** Changes the view and the address; with `push` the browser's back button undoes it. */
export type UpdateView = (change: ViewChange, history?: 'push') => void;

/** The state of the view, the address that tells it, and the browser's history of both. */
export function useViewState(
  report: ReportData,
  models: readonly (BenchmarkModel | null)[],
): ResolvedLink & { readonly update: UpdateView } {
  const [shown, setShown] = useState(() => resolveLink(location.hash, report, models));
  const current = useRef(shown.state);
  const show = useCallback((next: ResolvedLink) => {
    current.current = next.state;
    setShown(next);
  }, []);
  const update = useCallback<UpdateView>(
    (change, mode) => {
      const before = current.current;
      const next = { ...before, ...(typeof change === 'function' ? change(before) : change) };
      const address = linkTo(next, report, models);
      if (mode === 'push') history.pushState(null, '', address);
      else history.replaceState(null, '', address);
      show({ state: next, isLinkLost: false });
    },
    [report, models, show],
  );
  useLayoutEffect(() => {
    const follow = () => show(resolveLink(location.hash, report, models));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, [report, models, show]);
  return { ...shown, update };
}

interface ResolvedLink {
  readonly state: ViewState;
  /** Whether the link is to a frame or function that this report does not have. */
  readonly isLinkLost: boolean;
}

function resolveLink(
  hash: string,
  report: ReportData,
  models: readonly (BenchmarkModel | null)[],
): ResolvedLink {
  const link = parseLink(hash, report.benchmarks);
  const model = models[link.benchmark];
  const find = (fingerprint: string | null) =>
    model === null || fingerprint === null ? 0 : Math.max(0, model.fingerprints(link).find(fingerprint));
  const zoomed = find(link.zoomed);
  const selected = link.selected === link.zoomed ? zoomed : find(link.selected);
  const openFunction = link.openFunction === null ? null : (model?.findFrame(link.openFunction) ?? null);
  const isLinkLost =
    (link.zoomed !== null && zoomed === 0) ||
    (link.selected !== null && selected === 0) ||
    (link.openFunction !== null && openFunction === null);
  return { state: { ...link, zoomed, selected, openFunction }, isLinkLost };
}

function linkTo(state: ViewState, report: ReportData, models: readonly (BenchmarkModel | null)[]): string {
  const model = models[state.benchmark];
  const fingerprint = (node: number) =>
    node === 0 || model === null ? null : model.fingerprints(state).of(node);
  return formatLink(
    {
      ...state,
      zoomed: fingerprint(state.zoomed),
      selected: fingerprint(state.selected),
      openFunction:
        state.openFunction === null || model === null ? null : model.frameFingerprint(state.openFunction),
    },
    report.benchmarks,
  );
}
