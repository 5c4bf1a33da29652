/** A step of a made-up trace: what it adds, and numbers to choose with. */
export interface TraceStep {
  /** 0 to 99. */
  readonly kind: number;
  readonly numbers: readonly number[];
}

/** Names that heaptrack treats in a way of its own, and names that are hard to read; as bytes (latin1). */
const NAMES: readonly string[] = [
  'main',
  '__libc_start_main',
  '__static_initialization_and_destruction_0',
  'operator new(unsigned long)',
  'operator new[](unsigned long)',
  'operator new(unsigned int)',
  'operator new[](unsigned int)',
  'operator new(unsigned long, std::align_val_t)',
  'operator new(unsigned long, std::nothrow_t const&)',
  'main(int, char**)',
  'std::vector<int, std::allocator<int> >::at(unsigned long)',
  'std::map<std::string, std::vector<int> >::operator[](std::string const&)',
  'Smart<Value>::operator->() const',
  'std::ostream& operator<< <std::char_traits<char> >(std::ostream&, char const*)',
  'bool operator< <int>(A<int> const&, A<int> const&)',
  'operator<',
  'operator>>',
  'A::operator<=><int>(A const&)',
  'operator<><>',
  'core::ops::function::FnOnce<fn() -> T>::call_once',
  '<alloc::vec::Vec<T> as core::iter::FromIterator<T>>::from_iter',
  '{lambda(int)#1}::operator()(int) const',
  '<lambda()>',
  '<>',
  '>><<',
  '->',
  'tzset_internal',
  'call dl_open_worker_begin',
  '/usr/lib/x86_64-linux-gnu/libc.so.6',
  '/usr/lib/libg_thread_self.so',
  'a.cpp',
  'src/a.cpp',
  '/home/someone/a folder/src/b.hpp',
  'folder/',
  '/',
  '',
  ' ',
  ' leading and trailing ',
  'two  blanks',
  'tab\there',
  'semi;colon 7',
  '7',
  '??',
  '0xdeadbeef',
  '\xe5\x90\x8d\xe5\x89\x8d',
  'caf\xe9.cpp',
  '\xff\xfe<\x80>\xc0',
  '\xef\xbb\xbfname',
  'carriage return\r',
  'x'.repeat(5000),
  '<'.repeat(300),
];

/**
 * An interpreted trace, sound as heaptrack_interpret's are: all is defined before it is used, and what is freed was
 * allocated. Format 0 has no allocation infos but pointers, format 1 no inlined frames, and 3 the lengths of names.
 */
export function traceOf(steps: readonly TraceStep[], format: 0 | 1 | 2 | 3): Buffer {
  const trace = new TraceInMaking(format, steps[0].numbers);
  for (const step of steps) trace.add(step);
  return trace.finish();
}

class TraceInMaking {
  readonly #format: number;
  readonly #lines: string[];
  /** The interpreter writes each name once. */
  readonly #strings: string[] = [];
  #ips = 0;
  #traces = 0;
  #infos = 0;
  #time = 0;
  /** What is live: the infos, or the pointers of format 0. */
  readonly #live: string[] = [];

  constructor(format: number, [choice]: readonly number[]) {
    this.#format = format;
    // Before 1.0 there was no version, or a version without a format; "1.2" of then is format 1.
    const versions = [
      ['', 'v 900\n'],
      ['v 10000 1\n', 'v 10200\n'],
      ['v 10100 2\n', 'v 10200 2\n'],
      ['v 10300 3\n', 'v 10500 3\n'],
    ][format];
    this.#lines = [`${versions[choice % 2]}X ./a program`];
    if (format > 0) this.#lines.push('I 1000 3dd2c8');
    if (format === 3 && choice % 3 === 0) this.#lines.push('S b leak:tz*set', 'S 1 #');
    if (format > 0 && choice % 5 === 0) this.#lines.push('A');
  }

  add({ kind, numbers }: TraceStep): void {
    if (this.#strings.length === 0 || kind < 12) this.#addString(numbers);
    else if (this.#ips === 0 || kind < 22) this.#addIp(numbers);
    else if (this.#traces === 0 || kind < 34) this.#addTrace(numbers);
    else if (this.#format > 0 && (this.#infos === 0 || kind < 44)) this.#addInfo(numbers);
    else if (kind < 70) this.#allocate(numbers);
    else if (kind < 92) this.#free(numbers);
    else if (kind < 95) this.#addTime(numbers);
    else if (kind < 97) this.#lines.push('# + 0 is not read');
    else if (kind < 98) this.#lines.push('');
  }

  finish(): Buffer {
    while (this.#infos === 0 && this.#live.length === 0)
      this.add({ kind: 40, numbers: [1, 0, 0, 1, 0, 0, 0, 0, 0, 0] });
    // A trace without any allocation is refused.
    this.#allocate([1, 0, 3]);
    this.#lines.push('', `# strings: ${this.#strings.length}`, `# ips: ${this.#ips}`, '');
    return Buffer.from(this.#lines.join('\n'), 'latin1');
  }

  #addString([choice]: readonly number[]): void {
    const known = NAMES[choice % NAMES.length];
    const name = this.#strings.includes(known) ? `${known}, number ${this.#strings.length}` : known;
    this.#lines.push(this.#format >= 3 ? `s ${hex(name.length)} ${name}` : `s ${name}`);
    this.#strings.push(name);
  }

  #addIp(numbers: readonly number[]): void {
    const string = (choice: number) => hex(choice % (this.#strings.length + 1));
    const [high, low, module, form, name, file, line] = numbers;
    let text = `i ${hex(high + 1)}${low.toString(16).padStart(8, '0')} ${string(module)}`;
    if (form % 8 > 0) text += ` ${string(name)}`;
    if (form % 8 > 1) text += ` ${string(file)} ${hex(line)}`;
    if (form % 8 > 4 && this.#format >= 2) {
      for (let depth = 0; depth < form % 3; depth++) {
        text += ` ${string(name + depth + 1)} ${string(numbers[7 + depth])} ${hex(line % 1000)}`;
      }
    }
    this.#lines.push(text);
    this.#ips++;
  }

  #addTrace([ip, parent, isDeep]: readonly number[]): void {
    // Most stacks go on from the newest one, else they would all be short.
    const caller = isDeep % 4 > 0 ? this.#traces : parent % (this.#traces + 1);
    this.#lines.push(`t ${hex((ip % this.#ips) + 1)} ${hex(caller)}`);
    this.#traces++;
  }

  #addTime([passed, residentPages]: readonly number[]): void {
    this.#time += passed % 20;
    this.#lines.push(`c ${hex(this.#time)}`, `R ${hex(residentPages)}`);
  }

  #addInfo([size, trace]: readonly number[]): void {
    this.#lines.push(`a ${hex(sizeOf(size))} ${hex(trace % (this.#traces + 1))}`);
    this.#infos++;
  }

  #allocate([choice, trace, pointer]: readonly number[]): void {
    if (this.#format > 0) {
      const info = hex(choice % this.#infos);
      this.#lines.push(`+ ${info}`);
      this.#live.push(info);
      return;
    }
    // A pointer that is live already is another block's from now on.
    const address = hex(0x7f0000000000 + (pointer % 50) * 16);
    this.#lines.push(`+ ${hex(sizeOf(choice % 8))} ${hex(trace % (this.#traces + 1))} ${address}`);
    this.#live.push(address);
  }

  #free([choice, isLast]: readonly number[]): void {
    if (this.#format === 0 && choice % 10 === 0) this.#lines.push('- 7fffffffffff');
    if (this.#live.length === 0) return;
    const index = isLast % 2 === 0 ? this.#live.length - 1 : choice % this.#live.length;
    this.#lines.push(`- ${this.#live.splice(index, 1)[0]}`);
  }
}

/** Small sizes, equal ones, none, and some of more than 32 bits. */
function sizeOf(choice: number): number {
  if (choice % 9 === 0) return 0;
  return choice % 10 === 1 ? choice * 4096 : choice % 2000;
}

function hex(number: number): string {
  return number.toString(16);
}
