import { useEffect, useState } from 'preact/hooks';
import type { FrameTreeOptions } from '../flamegraph/frame-tree.ts';
import {
  formatBaseToHead,
  formatBytes,
  formatChange,
  formatCount,
  formatDelta,
  formatPercent,
  formatQuantity,
  formatShare,
} from '../render/quantity.ts';
import type { Change } from '../report/change-status.ts';
import { SMALLER_FRAMES } from '../viewer-data/merge-small-stacks.ts';
import type { ReportData } from '../viewer-data/report-data.ts';
import { type BenchmarkModel, changeOf, type DrawnTree, pathTo } from './benchmark-model.ts';
import { Button, Delta, Name, StatusWord } from './controls.tsx';
import { SourceLink } from './source-link.tsx';
import type { ViewState } from './view-state.ts';
import { fullNameOf, plural, shortNameOf } from './words.ts';

/** Everything that is known of the selected frame; of the whole, when none is. */
export function DetailPanel(props: {
  readonly report: ReportData;
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly state: ViewState;
  readonly link: () => string;
  readonly onSelect: (node: number) => void;
  readonly onZoom: (node: number) => void;
  readonly onShowFunction: (frame: number) => void;
}) {
  const { model, drawn, state } = props;
  const { tree } = drawn;
  const node = state.selected;
  const { data } = model;
  const frame = tree.frame[node];
  const unit = model.unit(state.metric);
  const change = changeOf(drawn.costs, node);
  const whole = changeOf(drawn.costs, 0);
  const path = pathTo(tree, node);
  const options = state;
  // All metrics of a large tree take a while the first time: the flame graph is shown before that.
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return (
    <aside class="detail" aria-label="Selected frame">
      <h2>
        <code>
          <Name text={shortNameOf(data.frames, frame)} />
        </code>
        {data.hasBase && <StatusWord change={change} />}
      </h2>
      {frame >= 0 && fullNameOf(data.frames, frame) !== shortNameOf(data.frames, frame) && (
        <p class="full-name">
          <code>{fullNameOf(data.frames, frame)}</code>
        </p>
      )}
      <p class="place">
        <SourceLinks report={props.report} model={model} drawn={drawn} node={node} />
      </p>
      <p class="numbers">
        {data.hasBase ? (
          <>
            <strong>
              {change.base === change.head
                ? formatQuantity(unit, change.head)
                : formatBaseToHead(unit, change.base, change.head)}
            </strong>
            <br />
            <Delta {...change}>
              {change.base === change.head ? 'no change' : formatChange(unit, change.base, change.head)}
            </Delta>
          </>
        ) : (
          <strong>{formatQuantity(unit, change.head)}</strong>
        )}
        {node > 0 && <span class="muted">{shareWords(change, whole, data.hasBase)}</span>}
      </p>
      {isReady && <MetricRows model={model} options={options} node={node} />}
      {isReady && <OwnAllocations model={model} options={options} node={node} />}
      <HiddenFrames model={model} drawn={drawn} node={node} />
      <div class="actions">
        {node !== state.zoomed && <Button onClick={() => props.onZoom(node)}>Zoom in</Button>}
        {state.zoomed > 0 && <Button onClick={() => props.onZoom(0)}>Show all</Button>}
        {frame >= 0 && <Button onClick={() => props.onShowFunction(frame)}>Callers and callees</Button>}
        {path.length > 0 && (
          <CopyButton
            label="Copy stack"
            text={() => path.map((at) => fullNameOf(data.frames, tree.frame[at])).join('\n')}
          />
        )}
        <CopyButton label="Copy link" text={props.link} />
      </div>
      {path.length > 1 && (
        <details class="stack">
          <summary>
            {state.direction === 'callees' ? 'Called through' : 'From the allocation outwards'}
          </summary>
          <ol>
            {path.map((at) => (
              <li key={at}>
                <button type="button" class="frame-button" onClick={() => props.onSelect(at)}>
                  <Name text={shortNameOf(data.frames, tree.frame[at])} />
                </button>
              </li>
            ))}
          </ol>
        </details>
      )}
    </aside>
  );
}

function shareWords(change: Change, whole: Change, hasBase: boolean): string {
  const shares: string[] = [];
  if (hasBase && change.base > 0) shares.push(`${formatShare(change.base / whole.base)} of base`);
  if (change.head > 0) shares.push(`${formatShare(change.head / whole.head)} of head`);
  return shares.length === 0 ? '' : ` · ${shares.join(', ')}`;
}

interface NodeProps {
  readonly model: BenchmarkModel;
  readonly options: FrameTreeOptions;
  readonly node: number;
}

function MetricRows({ model, options, node }: NodeProps) {
  const { hasBase, metrics } = model.data;
  return (
    <table class="facts">
      <caption class="visually-hidden">All metrics of this frame, with everything it calls</caption>
      <thead>
        <tr>
          <th scope="col">with all it calls</th>
          {hasBase && <th scope="col">base</th>}
          <th scope="col">head</th>
          {hasBase && <th scope="col">change</th>}
        </tr>
      </thead>
      <tbody>
        {metrics.map(({ metric }) => {
          const { base, head } = model.change(options, metric.id, node);
          return (
            <tr key={metric.id}>
              <th scope="row" title={metric.meaning}>
                {metric.label}
              </th>
              {hasBase && <td>{formatQuantity(metric.unit, base)}</td>}
              <td>{formatQuantity(metric.unit, head)}</td>
              {hasBase && (
                <td>
                  <Delta base={base} head={head}>
                    {base === head ? '0' : `${formatDelta(metric.unit, head - base)}`}
                    {base !== head && base > 0 && <small> {formatPercent(base, head)}</small>}
                  </Delta>
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function OwnAllocations({ model, options, node }: NodeProps) {
  const { hasBase, metrics } = model.data;
  const has = (id: string) => metrics.some(({ metric }) => metric.id === id);
  if (!has('allocated') || !has('allocations')) return null;
  const bytes = model.change(options, 'allocated', node);
  const calls = model.change(options, 'allocations', node);
  const ownCalls = model.change(options, 'allocations', node, 'self');
  const perCall = (side: 'base' | 'head') =>
    calls[side] === 0 ? 'none' : formatBytes(bytes[side] / calls[side]);
  const both = (side: (which: 'base' | 'head') => string) =>
    hasBase && side('base') !== side('head') ? `${side('base')} → ${side('head')}` : side('head');
  return (
    <dl class="facts-list">
      <dt>Average allocation</dt>
      <dd>{both(perCall)}</dd>
      <dt>Own allocation calls</dt>
      <dd>{both((side) => formatCount(ownCalls[side]))}</dd>
    </dl>
  );
}

function HiddenFrames({
  model,
  drawn,
  node,
}: {
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly node: number;
}) {
  const { data } = model;
  const frame = drawn.tree.frame[node];
  const stack = drawn.tree.stackOfNode[node];
  if (frame >= 0 && data.frames[frame].name === SMALLER_FRAMES && stack >= 0) {
    const count = formatCount(data.stacks.merged[stack]);
    return (
      <p class="muted small">{plural(count, 'frame', 'frames')}, each too small for this page, in one.</p>
    );
  }
  if (drawn.tree.form === 'full' || node === 0 || frame < 0 || data.frames[frame].isOwn) return null;
  let hidden = -1;
  for (const other of drawn.tree.nodeOfStack) if (other === node) hidden++;
  if (hidden < 1) return null;
  return (
    <p class="muted small">
      {plural(formatCount(hidden), 'library frame', 'library frames')} below it folded away: full stacks show{' '}
      {hidden === 1 ? 'it' : 'them'}.
    </p>
  );
}

function SourceLinks(props: {
  readonly report: ReportData;
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly node: number;
}) {
  const { report, model, drawn, node } = props;
  const stack = drawn.tree.stackOfNode[node];
  const frame = drawn.tree.frame[node];
  if (stack < 0 || frame < 0) return null;
  const { file, module } = model.data.frames[frame];
  if (file === null) return <span class="muted">{module}</span>;
  const { baseLine, headLine } = model.data.stacks;
  const change = changeOf(drawn.costs, node);
  const isGone = model.data.hasBase && change.head === 0;
  return (
    <SourceLink report={report} file={file} line={(isGone ? baseLine : headLine)[stack]} isGone={isGone} />
  );
}

function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        copyText(text()).then(
          () => setSaid('Copied'),
          () => setSaid('Could not copy'),
        );
      }}
    >
      <span aria-live="polite">{said === '' ? label : said}</span>
    </button>
  );
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page from disk may be refused the clipboard; what is selected may still be copied.
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand('copy');
    area.remove();
    if (!isCopied) throw new Error('the browser refused');
  }
}
