import { describe, expect, it } from 'vitest';
import { heaptrackFolded } from '../../src/formats/heaptrack/heaptrack-folded.ts';
import { HeaptrackReader } from '../../src/formats/heaptrack/heaptrack-reader.ts';
import type { MetricId } from '../../src/profile/metric.ts';

/** Of a trace of the oldest form, whose names end with their lines; each stack allocates 10 bytes once. */
function foldedOf(lines: readonly string[], metric: MetricId = 'allocations'): string[] {
  const count = (kind: string) => lines.filter((line) => line.startsWith(`${kind} `)).length;
  const trace = ['v 10100 2', 'X ./p', ...lines, '', `# strings: ${count('s')}`, `# ips: ${count('i')}`, ''];
  const reader = new HeaptrackReader({ keepsTables: true });
  reader.push(Buffer.from(trace.join('\n'), 'latin1'));
  reader.finish();
  const folded = Buffer.concat([...heaptrackFolded(reader.tables(), metric)]).toString('latin1');
  return folded.trimEnd().split('\n');
}

/** The name as heaptrack_print writes it. */
function shown(name: string): string {
  const [line] = foldedOf([`s ${name}`, 'i 10 0 1', 't 1 0', 'a a 1', '+ 0']);
  return line.slice(0, line.lastIndexOf(';'));
}

// What heaptrack_print itself writes is in test/corpus: here are its rules, one by one.
describe('heaptrackFolded', () => {
  it('begins a stack at main and shows files without their folders', () => {
    const lines = [
      's _start',
      's main',
      's parse',
      's /src/parse.cpp',
      'i 10 0 1',
      'i 20 0 2',
      'i 30 0 3 4 7',
    ];
    expect(foldedOf([...lines, 't 1 0', 't 2 1', 't 3 2', 'a a 3', '+ 0'])).toEqual([
      'main;parse (parse.cpp); 1',
    ]);
  });

  it('shows the address of a function that has no name', () => {
    expect(foldedOf(['i 7f00beef 0', 't 1 0', 'a a 1', '+ 0'])).toEqual(['0x7f00beef; 1']);
  });

  it('shows a stack that could not be unwound as ??', () => {
    expect(foldedOf(['a a 0', '+ 0'])).toEqual(['?? 1']);
  });

  it('gives what operator new allocates to its caller, wherever it stands', () => {
    const lines = [
      's f',
      's operator new(unsigned long)',
      'i 10 0 1',
      'i 20 0 2',
      't 1 0',
      't 2 1',
      't 1 2',
      't 2 0',
    ];
    expect(foldedOf([...lines, 'a a 2', 'a a 3', 'a a 4', '+ 0', '+ 1', '+ 2'])).toEqual([
      'f; 1',
      'f;f; 1',
      ' 1',
    ]);
  });

  it('shows inlined functions in the order of the file, with brackets for a file that is not known', () => {
    const lines = [
      's inner',
      's outer',
      's main',
      's a.hpp',
      'i 10 0 1 4 1 2 0 2 3 4 3',
      't 1 0',
      'a a 1',
      '+ 0',
    ];
    expect(foldedOf(lines)).toEqual(['inner (a.hpp);outer ();main (a.hpp); 1']);
  });

  it('neither merges nor sorts, nor leaves out what costs nothing', () => {
    const lines = ['s z', 's a', 'i 10 0 1', 'i 20 0 2', 'i 30 0 1', 't 1 0', 't 2 0', 't 3 0'];
    const all = [...lines, 'a a 1', 'a a 2', 'a a 3', '+ 0', '+ 1', '- 1', '+ 2'];
    expect(foldedOf(all, 'leaked')).toEqual(['z; 10', 'a; 0', 'z; 10']);
    expect(foldedOf(all, 'allocated')).toEqual(['z; 10', 'a; 10', 'z; 10']);
  });

  it.each([
    ['std::vector<int, std::allocator<int> >::at', 'std::vector<>::at'],
    ['operator<< <char>(A<int>)', 'operator<< <>(A<>)'],
    ['A<B>::operator->() const', 'A<>::operator-'],
    ['FnOnce<fn() -> T>::call', 'FnOnce<> T'],
    ['caf\xe9<\xff>', 'caf\xe9<>'],
  ])('shortens %s as heaptrack does', (name, short) => {
    expect(shown(name)).toBe(short);
  });
});
