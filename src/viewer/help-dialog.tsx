import { Check } from './controls.tsx';
import { Dialog } from './dialog.tsx';

const KEYS: readonly (readonly [keys: readonly string[], meaning: string])[] = [
  [['↑', '↓'], 'caller, callee'],
  [['←', '→'], 'the frames beside it'],
  [['Enter'], 'zoom into the frame'],
  [['Backspace'], 'zoom out by one'],
  [['Esc'], 'end the search, then show all'],
  [['/'], 'search; Enter and Shift+Enter go through the matches'],
  [['n', 'p'], 'next and previous frame by its own change'],
  [['1', '5'], 'the metric'],
  [['m'], 'next metric'],
  [['b'], 'base and head, union, base, head'],
  [['f'], 'focus or full stacks'],
  [['i'], 'top down or callers'],
  [['r'], 'fold recursion, or show it'],
  [['?'], 'this help'],
];

/** How the page is read, and its keys. */
export function HelpDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly hasShortcuts: boolean;
  readonly onShortcuts: (isOn: boolean) => void;
}) {
  return (
    <Dialog id="help" title="How to read this" isOpen={props.isOpen} onClose={props.onClose}>
      <p>
        Each row is a function, below it the functions that it called. Its width is memory: base and head are
        drawn on one scale, so a narrower graph is less memory. What is blue went away, what is orange is new;
        darker grey only moved to another caller.
      </p>
      <p>
        Click a frame to select it, again to zoom into it. <strong>Focus</strong> stacks show the program’s
        own functions (the repository’s, where one is known) and the first library function below them.
      </p>
      <h3>Keys</h3>
      <table class="facts">
        <tbody>
          {KEYS.map(([keys, meaning]) => (
            <tr key={meaning}>
              <th scope="row">
                {keys.map((key, i) => (
                  <span key={key}>
                    {i > 0 && (keys[0] === '1' ? ' to ' : ' ')}
                    <kbd>{key}</kbd>
                  </span>
                ))}
              </th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <Check
          label="Keys work without Ctrl or Alt (turn off for speech input)"
          isChecked={props.hasShortcuts}
          onChange={props.onShortcuts}
        />
      </p>
    </Dialog>
  );
}
