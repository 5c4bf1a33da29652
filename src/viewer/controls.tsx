import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { type Change, changeStatus } from '../report/change-status.ts';

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  /** For those who see the label alone. */
  readonly hint?: string;
}

/** One of a few, in one row. Native radio buttons, so that keys and screen readers know them. */
export function Choice<T extends string>(props: {
  readonly legend: string;
  readonly options: readonly Option<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{props.legend}</legend>
      <div class="choice-options">
        {props.options.map(({ value, label, hint }) => (
          <label key={value} title={hint}>
            <input
              type="radio"
              name={name}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Check(props: {
  readonly label: string;
  readonly hint?: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}) {
  return (
    <label class="check" title={props.hint}>
      <input
        type="checkbox"
        checked={props.isChecked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

/** Does something at once; it says what in one or two words. */
export function Button(props: {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  readonly hint?: string;
  readonly isDisabled?: boolean;
}) {
  return (
    <button
      type="button"
      class="button"
      title={props.hint}
      disabled={props.isDisabled}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

/** A difference in its colour: blue for less, orange for more; the words say it too. */
export function Delta(props: {
  readonly base: number;
  readonly head: number;
  readonly children: ComponentChildren;
}) {
  const direction = props.head < props.base ? 'less' : props.head > props.base ? 'more' : 'same';
  return <span class={direction}>{props.children}</span>;
}

/** A name that may break between its parts, not inside a word. */
export function Name({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(?<=::)/).map((part, i) => (
        <span key={i} class="part">
          {i > 0 && <wbr />}
          {part}
        </span>
      ))}
    </>
  );
}

/** What became of something, in a word and its colour. */
export function StatusWord({ change }: { readonly change: Change }) {
  const status = changeStatus(change);
  return <span class={`status status-${status.replace(' ', '-')}`}>{status}</span>;
}
