import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { prepareRunScript } from '../../../src/trackers/heaptrack/run-script.ts';

const traced = (script: string) => prepareRunScript(script).script;

describe('prepareRunScript', () => {
  it.each([
    ['./prog', '$MEMTRACK ./prog'],
    ['  ./prog a b  ', '  $MEMTRACK ./prog a b  '],
    ['./prog "a;b" \'|\' \\& <in >out 2>&1', '$MEMTRACK ./prog "a;b" \'|\' \\& <in >out 2>&1'],
    ['A=1 B="x y" C=$(echo "a; b") ./prog', 'A=1 B="x y" C=$(echo "a; b") $MEMTRACK ./prog'],
    ['A=${B:-"x;y"} ./prog', 'A=${B:-"x;y"} $MEMTRACK ./prog'],
    ["A=$'it\\'s;' ./prog", "A=$'it\\'s;' $MEMTRACK ./prog"],
    ['A=`echo x; echo y` ./prog', 'A=`echo x; echo y` $MEMTRACK ./prog'],
    ['./prog --a \\\n  --b', '$MEMTRACK ./prog --a \\\n  --b'],
    ['A=1 \\\n./prog', 'A=1 \\\n$MEMTRACK ./prog'],
    ['< in ./prog', '< in $MEMTRACK ./prog'],
    ['2>log A=1 >out ./prog', '2>log A=1 >out $MEMTRACK ./prog'],
    ['./prog &>log', '$MEMTRACK ./prog &>log'],
    ['./prog <(sort a; sort b)', '$MEMTRACK ./prog <(sort a; sort b)'],
    ['exec ./prog', 'exec $MEMTRACK ./prog'],
    ['"./my prog" x', '$MEMTRACK "./my prog" x'],
    ['# what\n\n./prog # why; and | how\n', '# what\n\n$MEMTRACK ./prog # why; and | how\n'],
    ['./prog "two\nlines"', '$MEMTRACK ./prog "two\nlines"'],
    ['./prog#1', '$MEMTRACK ./prog#1'],
  ])('puts $MEMTRACK before the command of %j', (script, expected) => {
    expect(traced(script)).toBe(expected);
  });

  it.each([
    './a && ./b',
    './a || true',
    './a; ./b',
    './a | ./b',
    './a |& ./b',
    './a &',
    '(./a)',
    '{ ./a; }',
    'cd x && ./a',
    'if ./a',
    'time ./a',
    '! ./a',
    'cd x',
    'source ./a',
    '. ./a',
    'eval ./a',
    'exec -a x ./a',
    'env A=b ./a',
    'nice ./a',
    'timeout 5 ./a',
    '/usr/bin/timeout 5 ./a',
    'stdbuf -o0 ./a',
    'xvfb-run ./a',
    'sudo ./a',
  ])('asks for $MEMTRACK in %j, and shows the line', (script) => {
    expect(() => traced(script)).toThrow(UserError);
    expect(() => traced(script)).toThrow('Put `$MEMTRACK` directly before that program');
    expect(() => traced(script)).toThrow(script);
  });

  it('asks for $MEMTRACK when there are several lines', () => {
    expect(() => traced('cd x\n./a')).toThrow(/several lines.*put `\$MEMTRACK` before it/);
    expect(() => traced('cat <<EOF\ntext\nEOF')).toThrow(/several lines/);
  });

  it.each(['', '  \n', '# nothing', 'A=1', '> out'])('says that there is no command in %j', (script) => {
    expect(() => traced(script)).toThrow(/`run` (holds no command|starts no program)/);
  });

  it.each(['cd x && $MEMTRACK ./a | cat', 'cd x\n${MEMTRACK} ./a\n"$MEMTRACK" ./b'])(
    'leaves %j alone, where $MEMTRACK stands already',
    (script) =>
      expect(prepareRunScript(script)).toEqual({
        script,
        isTracedThroughCargo: false,
        isCommandChosen: false,
      }),
  );

  it.each([
    'cargo run',
    'cargo run --release -- input.txt',
    'A=1 cargo test',
    'cargo bench --bench parse',
    'cargo +nightly run',
    'cargo --locked -q run',
    'cargo --config a=b -Zx run',
    '~/.cargo/bin/cargo nextest run',
    'cargo xtask bench',
    'cd x && cargo run',
    'cargo build\ncargo run -q > out',
    '$MEMTRACK cargo run',
    'timeout 60 cargo test',
  ])('lets cargo trace what it starts in %j', (script) => {
    expect(prepareRunScript(script)).toEqual({ script, isTracedThroughCargo: true, isCommandChosen: false });
  });

  it.each(['cargo build --release\n./prog', 'cargo build && ./prog', './cargo-run && ./prog'])(
    'does not take %j for one that cargo starts',
    (script) => expect(() => prepareRunScript(script)).toThrow(UserError),
  );

  it('does not trace what cargo starts when $MEMTRACK stands before something else', () => {
    expect(prepareRunScript('cargo run -p generate\n$MEMTRACK ./a').isTracedThroughCargo).toBe(false);
  });

  it('does not take $MEMTRACKER for it', () => {
    expect(traced('./a $MEMTRACKER')).toBe('$MEMTRACK ./a $MEMTRACKER');
  });

  it('gives a result or a UserError for any text, and only ever inserts', () => {
    const pieces = fc.constantFrom(
      '$(',
      '${',
      ')',
      '}',
      '"',
      "'",
      "$'",
      '`',
      '\\',
      '\n',
      ' ',
      ';',
      '&',
      '|',
      '<',
      '>',
      '<(',
      '(',
      '#',
      'a',
      'A=',
      '2',
      'cargo',
      'run',
      'exec',
      '$MEMTRACK',
      '{x}',
      'é',
    );
    const scripts = fc.oneof(
      fc.array(pieces).map((parts) => parts.join('')),
      fc.string(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(scripts, (script) => {
        try {
          const result = traced(script);
          if (result !== script) expect(result.replace('$MEMTRACK ', '')).toBe(script);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('makes bash start the very command that it would have started', () => {
    const words = fc.array(
      fc.constantFrom(
        'a',
        '"b c"',
        "'d;e'",
        '$(echo "f )" g)',
        '${x:-"h|i"}',
        '\\;',
        '"$(echo ")")"',
        '>/dev/null',
        '2>&1',
      ),
      { maxLength: 5 },
    );
    const bash = (script: string) =>
      execFileSync('bash', ['--norc', '-c', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { MEMTRACK: 'env', PATH: process.env.PATH },
        encoding: 'utf8',
      });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const assignments = before
          .filter((word) => !word.includes('>'))
          .map((word, i) => `V${i}=${word} `)
          .join('');
        const script = `${assignments}printf '%s|' x ${after.join(' ')}`;
        expect(bash(traced(script))).toBe(bash(script));
      }),
      { numRuns: 40 },
    );
  });

  it('takes no long time for a script that opens a hundred thousand quotes', () => {
    const startedAt = performance.now();
    for (const piece of ['$(', '"', '`', '${', '(', '$(echo "']) {
      try {
        traced(`./a ${piece.repeat(100_000)}`);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });
});
