import { diffToFolded } from '../diff/diff-to-folded.ts';
import { type MetricId, metricById } from '../profile/metric.ts';
import { visibleText } from '../render/escape.ts';
import type { BenchmarkModel, DrawnTree } from './benchmark-model.ts';
import { Button } from './controls.tsx';
import { Dialog } from './dialog.tsx';
import { readPalette } from './flame-canvas.ts';
import { flameSvg } from './flame-svg.ts';
import { layOutPanes } from './lay-out-panes.ts';
import { saveFile } from './save-file.ts';
import type { ViewState } from './view-state.ts';

/** As wide as a page of a document can show without shrinking its text. */
const PICTURE_WIDTH = 1200;

interface SavableFile {
  readonly name: string;
  readonly about: string;
  readonly save: (name: string) => void;
}

/** Files that are made of what the page holds. */
export function SaveDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly state: ViewState;
  readonly isChangesOnly: boolean;
}) {
  return (
    <Dialog id="save" title="Save" isOpen={props.isOpen} onClose={props.onClose}>
      <p>
        {titleOf(props.model, props.state.metric)}, as this page holds it. Folded stacks are what flame graph
        tools read: a stack a line, then its number.
      </p>
      <ul class="files">
        {filesOf(props).map(({ name: file, about, save }) => (
          <li key={file}>
            <Button onClick={() => save(file)}>{file}</Button> <span class="muted small">{about}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function titleOf({ data: { name } }: BenchmarkModel, metric: MetricId): string {
  const { label } = metricById(metric);
  return name === 'default' ? label : `${visibleText(name)}: ${label.toLowerCase()}`;
}

function filesOf({
  model,
  drawn,
  state,
  isChangesOnly,
}: {
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly state: ViewState;
  readonly isChangesOnly: boolean;
}): SavableFile[] {
  const { data } = model;
  const { metric } = state;
  const folded = (side: 'base' | 'head' | 'diff') => (name: string) =>
    saveFile(name, [...diffToFolded(data, metric)[side]] as BlobPart[], 'text/plain');
  const sides: SavableFile[] = [
    { name: 'base.folded', about: 'stacks of base', save: folded('base') },
    { name: 'head.folded', about: 'stacks of head', save: folded('head') },
    { name: 'diff.folded', about: 'both in two columns, as difffolded.pl writes them', save: folded('diff') },
  ];
  return [
    ...(data.hasBase ? sides : sides.filter(({ name }) => name === 'head.folded')),
    {
      name: 'flamegraph.svg',
      about: 'the flame graph as it is shown now',
      save: (name) => {
        const root = Math.max(0, drawn.graphNode[state.zoomed]);
        const options = { panes: state.panes, root, isChangesOnly, width: PICTURE_WIDTH };
        const panes = layOutPanes(model, drawn, options);
        const svg = flameSvg(titleOf(model, metric), panes, root, readPalette(document.body));
        saveFile(name, [svg], 'image/svg+xml');
      },
    },
  ];
}
