import { describe, expect, it } from 'vitest';
import { diffProfiles, onlyHead } from '../../src/diff/diff-profiles.ts';
import { findHints } from '../../src/report/hints.ts';
import { foldedCosts as profile, shortenName } from '../profile/folded-costs.ts';

const OPTIONS = { nameFunction: shortenName, baseOwnership: null, headOwnership: null };

/** Smell and function of each hint on head. */
function hints(head: string, base?: string): string[] {
  const diff =
    base === undefined
      ? onlyHead(profile(head), OPTIONS)
      : diffProfiles(profile(base), profile(head), OPTIONS);
  return findHints(diff, null).map(({ smell, shortName }) => `${smell} ${shortName}`);
}

describe('a constructor that does the same on every call', () => {
  // 200 calls with 30 allocations each; one parser is live at the peak.
  const anew = `
    main;parse;Parser::Parser;std::map::insert 400000 3800 0 2000 0
    main;parse;Parser::Parser;std::vector::vector 100000 1200 0 500 0
    main;parse;Parser::Parser;std::string::string 50000 1000 0 250 0
    main;parse;tokens 200000 200 0 1000 0`;

  it('is found by its stacks that are in step and thrown away', () => {
    expect(hints(anew)).toEqual(['built-anew Parser::Parser']);
  });

  it('is found on head only: base is what it was', () => {
    expect(hints('main;parse;tokens 200000 200 0 1000 0', anew)).toEqual([]);
  });

  it('counts what it took', () => {
    expect(findHints(onlyHead(profile(anew), OPTIONS), null)[0]).toMatchObject({
      bytes: 550_000,
      calls: 6_000,
    });
  });

  it('is not one that ran once and loops: what it made is live', () => {
    const once = anew.replaceAll(/(\d+) (\d+) 0 \d+ 0$/gm, '$1 $2 0 $1 0');
    expect(hints(once)).toEqual([]);
  });

  it('is not one whose work differs from call to call', () => {
    expect(hints(anew.replace(' 3800 0', ' 3801 0'))).toEqual([]);
  });

  it('is not one of a few calls', () => {
    const few = `
      main;Parser::Parser;std::map::insert 400000 189 0 2000 0
      main;Parser::Parser;std::vector::vector 100000 90 0 500 0
      main;Parser::Parser;std::string::string 50000 9 0 250 0`;
    expect(hints(few)).toEqual([]);
  });

  it('is not an ordinary object of a few allocations', () => {
    const objects = `
      main;read;Order::Order;std::string::string 400000 4000 0 100 0
      main;read;Order::Order;std::vector::vector 100000 4000 0 100 0
      main;read;Order::Order;std::map::insert 100000 4000 0 100 0`;
    expect(hints(objects)).toEqual([]);
  });

  it('is not one that hardly matters', () => {
    expect(hints(`${anew}\nmain;load 9000000 10 0 9000000 0`)).toEqual([]);
  });

  it('is not a library’s own', () => {
    expect(hints(anew.replaceAll('Parser::Parser', 'std::locale::locale'))).toEqual([]);
  });

  it('is not a function of any other name', () => {
    expect(hints(anew.replaceAll('Parser::Parser', 'Parser::run'))).toEqual([]);
  });
});

describe('a container that is filled on every call', () => {
  const filled = `
    main;isKnown;std::unordered_map::operator[];std::_M_allocate_node 300000 3800 0 1500 0
    main;isKnown;std::unordered_map::operator[];std::_M_allocate_buckets 100000 400 0 500 0
    main;isKnown;std::unordered_map::operator[];std::string::string 100000 1000 0 500 0`;

  it('is found in whichever function fills it', () => {
    expect(hints(filled)).toEqual(['container-filled-anew isKnown']);
  });

  it('is not one that stays', () => {
    expect(hints(filled.replace('1500 0', '300000 300000'))).toEqual([]);
  });
});

describe('a regular expression that is compiled on every call', () => {
  const compiled = `
    main;isDate;regex::Regex::new;regex_automata::build 300000 1900 0 3000 0
    main;isDate;regex::Regex::new;regex_syntax::parse 100000 700 0 0 0
    main;isDate;regex::Regex::new;regex_syntax::hir 100000 1000 0 0 0`;
  // A crate's functions are the program's own as far as folded text tells: the library's names stand for them.
  const asLibrary = compiled
    .replaceAll('regex::Regex::new', 'std::regex::Regex::new')
    .replaceAll(';regex_', ';std::regex_');

  it('is found', () => {
    expect(hints(asLibrary)).toEqual(['pattern-compiled-anew isDate']);
  });

  it('is not one that is compiled once and kept', () => {
    expect(hints(asLibrary.replaceAll(/(\d+) (\d+) 0 \d+ 0$/gm, '$1 $2 0 $1 $1'))).toEqual([]);
  });
});

describe('copies that are thrown away', () => {
  const copies = `
    main;total;std::clone::clone;alloc::vec::to_vec 500000 500 0 1000 0
    main;load 500000 3 0 500000 0`;

  it('are found, whoever makes them', () => {
    expect(hints(copies)).toEqual(['thrown-away-copies total']);
    expect(hints(copies.replace('std::clone::clone;', 'Item::clone;'))).toEqual(['thrown-away-copies total']);
    const copyConstructor = 'std::vector<int>::vector(std::vector<int> const&)';
    expect(hints(copies.replace('std::clone::clone;alloc::vec::to_vec', copyConstructor))).toEqual([
      'thrown-away-copies total',
    ]);
  });

  it('are found where they are small and many', () => {
    expect(hints(copies.replace(' 500000 500 0', ' 25000 500 0'))).toEqual(['thrown-away-copies total']);
    expect(
      hints(`${copies.replace(' 500000 500 0', ' 25000 500 0')}\nmain;other 1000 2000 0 1000 0`),
    ).toEqual([]);
  });

  it('are not copies that are kept', () => {
    expect(hints(copies.replace('500 0 1000 0', '500 0 500000 0'))).toEqual([]);
    expect(hints(copies.replace('500 0 1000 0', '500 0 1000 500000'))).toEqual([]);
  });

  it('are not a few', () => {
    expect(hints(copies.replace(' 500 0 1000', ' 99 0 1000'))).toEqual([]);
  });

  it('are not what another constructor makes', () => {
    const other = 'std::vector<int>::vector(unsigned long, std::allocator<int> const&)';
    expect(hints(copies.replace('std::clone::clone;alloc::vec::to_vec', other))).toEqual([]);
  });
});

describe('strings that are freed at once', () => {
  const strings = `
    main;log;alloc::str::to_lowercase 50000 1000 900 50 0
    main;load 500000 3 0 500000 0`;

  it('are found', () => {
    expect(hints(strings)).toEqual(['temporary-strings log']);
  });

  it('are not strings that live a little longer', () => {
    expect(hints(strings.replace(' 900 ', ' 700 '))).toEqual([]);
  });

  it('are not few among the allocations of the program', () => {
    expect(hints(`${strings}\nmain;load;many 1000 20000 0 1000 0`)).toEqual([]);
  });
});

describe('a vector that grows step by step', () => {
  const growing = `
    main;tokenize;std::vector::push_back;std::vector::_M_realloc_insert 180000 900 0 0 0
    main;tokenize;std::string::string 20000 200 0 0 0`;

  it('is found where it grows several times for each other allocation of its function', () => {
    expect(hints(growing)).toEqual(['growth-without-reserve tokenize']);
  });

  it('is not one that gets an element or two', () => {
    expect(hints(growing.replace(' 200 ', ' 400 '))).toEqual([]);
  });

  it('is not found where nothing tells how often the function ran', () => {
    expect(hints('main;tokenize;alloc::raw_vec::RawVec::grow_one 180000 900 0 0 0')).toEqual([]);
  });

  it('is found where one large vector doubles again and again', () => {
    const one = `
      main;load;alloc::raw_vec::RawVec::grow_one 2000000 20 0 1000000 0
      main;load;read 100000 900 0 0 0`;
    expect(hints(one)).toEqual(['growth-without-reserve load']);
    expect(hints(one.replace(' 1000000 0', ' 2000000 0'))).toEqual([]);
    expect(hints(one.replace(' 20 0', ' 5 0'))).toEqual([]);
  });
});

it('a stack that one hint explains is in no other', () => {
  const head = `
    main;parse;Parser::new;std::HashMap::insert;alloc::raw_vec::RawVec::grow_one 400000 3800 0 2000 0
    main;parse;Parser::new;std::clone::clone 100000 1200 0 500 0
    main;parse;Parser::new;std::String::from 50000 1000 0 250 0`;
  expect(hints(head)).toEqual(['built-anew Parser::new']);
});

it('nothing is said without all metrics, as for folded text', () => {
  const head = profile('main;total;std::clone::clone 500000 500 0 1000 0');
  const diff = onlyHead({ ...head, facts: { ...head.facts, metrics: ['allocated'] } }, OPTIONS);
  expect(findHints(diff, null)).toEqual([]);
});

it('no more than five', () => {
  const lines = Array.from({ length: 9 }, (_, i) => `main;copy${i};std::clone::clone 1000 500 0 0 0`);
  // Nine ninths are too little each for a hint; four quarters are not.
  expect(hints(lines.join('\n'))).toEqual([]);
  expect(hints(lines.slice(0, 4).join('\n'))).toHaveLength(4);
});
