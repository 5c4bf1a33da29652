import { isSystemModule } from './modules.ts';
import { UNRESOLVED } from './normalise-function.ts';

/*
 * Where a program begins in a stack, and where it ends. What surrounds it is the same for every program, or differs
 * between compilers, and says nothing to its author:
 *
 *   _start                                  runtime-root     nothing up to here is the program
 *   __libc_start_main                       runtime-root
 *   main                                    entry            C's and C++'s; Rust's is made by its compiler …
 *   std::rt::lang_start_internal            runtime-root     … and calls the runtime
 *   std::panic::catch_unwind                runtime          only outside the program; inside it is the program's own
 *   std::sys::…::__rust_begin_short_backtrace   runtime-root
 *   words::main                             code
 *   alloc::vec::Vec<u8>::with_capacity      code
 *   alloc::alloc::alloc                     allocation       hands the request on to malloc
 */

/**
 * - `entry`: the program begins with this frame.
 * - `runtime-root`: neither this frame nor any outside it is the program.
 * - `runtime`: not the program unless a frame outside it is.
 * - `allocation`: only hands the request on.
 * - `code`: anything else.
 */
export type FrameRole = 'entry' | 'runtime-root' | 'runtime' | 'allocation' | 'code';

/**
 * @param identity normalised function name; '' or UNRESOLVED when unknown
 * @param module base name without version ('libc.so'); '' when unknown
 */
export function frameRole(identity: string, module: string): FrameRole {
  if (identity === 'main') return 'entry';
  if (isAllocationFunction(identity)) return 'allocation';
  if (isRuntimeRoot(identity)) return 'runtime-root';
  return isStartFrame(identity, module) ? 'runtime' : 'code';
}

/** Whether a frame, when nothing but such frames is outside it, lies outside main or a thread's function. */
function isStartFrame(identity: string, module: string): boolean {
  if (isRuntimeRoot(identity) || isSystemModule(module)) return true;
  // The threads' start in libstdc++ is not exported: stripped, it has no name.
  if (identity === '' || identity === UNRESOLVED) return module === 'libstdc++.so';
  return (
    START_FUNCTIONS.has(identity) ||
    START_PREFIXES.some((prefix) => identity.startsWith(prefix)) ||
    isCallOnce(identity)
  );
}

/** Whether a function does nothing but hand a request for memory on: its caller is who asked. */
function isAllocationFunction(identity: string): boolean {
  if (ALLOCATION_FUNCTIONS.has(identity)) return true;
  if (ALLOCATION_PREFIXES.some((prefix) => identity.startsWith(prefix))) return true;
  return identity.endsWith('>::allocate') && ALLOCATORS.some((prefix) => identity.startsWith(prefix));
}

const ROOT_FUNCTIONS: ReadonlySet<string> = new Set([
  ...['_start', '__libc_start_main', '__libc_start_main_impl', '__libc_start_call_main', '__libc_csu_init'],
  ...['generic_start_main', 'execute_native_thread_routine'],
]);

function isRuntimeRoot(identity: string): boolean {
  if (ROOT_FUNCTIONS.has(identity) || identity.startsWith('std::rt::lang_start')) return true;
  const argumentsStart = identity.indexOf('<', 1);
  const path = argumentsStart < 0 ? identity : identity.slice(0, argumentsStart);
  // Made for this very purpose, to cut Rust's own backtraces; its test harness has one too.
  if (path.endsWith('__rust_begin_short_backtrace')) return true;
  if (path.startsWith('std::sys') && path.endsWith('::thread_start')) return true;
  // Of std::thread::_Invoker; debug information has bare names of what is local to a file.
  return path === '_M_invoke' && isDigit(identity[argumentsStart + 1]);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

const START_FUNCTIONS: ReadonlySet<string> = new Set([
  // C library and loader, for traces that do not name modules.
  ...['clone', 'clone3', '__clone', '__clone3', 'start_thread', 'call_init', '_dl_init', '_dl_start_user'],
  ...['_dl_start', 'dl_main', 'exit', '__run_exit_handlers', '__pthread_once_slow', '_init'],
  // Threads of C++ and of other libraries.
  ...[
    '_M_run',
    '_M_invoke',
    '__gthread_once',
    'QThreadPrivate::start',
    'g_thread_proxy',
    'gomp_thread_start',
  ],
  // Rust.
  ...['__rust_try', 'catch_unwind', 'do_call', 'call_once'],
]);

const START_PREFIXES: readonly string[] = [
  // libstdc++'s std::thread and std::async, also by the bare names of debug information.
  ...['std::thread::_Invoker<', 'std::thread::_State_impl<', 'std::__invoke', '__invoke<', '__invoke_impl<'],
  ...['__invoke_r<', 'std::__future_base::', 'std::call_once<', 'std::once_flag::'],
  ...['std::function<std::unique_ptr<std::__future_base::'],
  ...['std::_Function_handler<std::unique_ptr<std::__future_base::'],
  // libc++'s.
  ...['std::__thread_proxy<', 'std::__thread_execute<', 'std::__async_func<', 'std::__async_assoc_state<'],
  // Rust's: what catches a panic, and what calls a boxed closure.
  ...['std::panic::catch_unwind', 'std::panicking::catch_unwind', 'std::panicking::try', 'catch_unwind<'],
  ...[
    'do_call<',
    'call_once<',
    'std::thread::Builder::spawn_unchecked',
    'std::thread::lifecycle::spawn_unchecked',
  ],
];

/** Rust's FnOnce::call_once, of any type. */
function isCallOnce(identity: string): boolean {
  if (identity.startsWith('core::ops::function::')) return identity.endsWith('::call_once');
  return identity.endsWith('>::call_once') && identity.includes(' as core::ops::function::FnOnce<');
}

const ALLOCATION_FUNCTIONS: ReadonlySet<string> = new Set([
  ...['malloc', 'calloc', 'realloc', 'reallocarray', 'aligned_alloc', 'memalign', 'posix_memalign', 'valloc'],
  ...['pvalloc', '__libc_malloc', '__libc_calloc', '__libc_realloc', '__libc_memalign'],
  ...['__GI___libc_malloc', '__GI___libc_calloc', '__GI___libc_realloc'],
  ...['operator new', 'operator new[]', 'std::__libcpp_allocate', 'std::__libcpp_operator_new'],
  ...[
    '__rust_alloc',
    '__rust_alloc_zeroed',
    '__rust_realloc',
    '__rdl_alloc',
    '__rdl_alloc_zeroed',
    '__rdl_realloc',
  ],
  ...['__rg_alloc', '__rg_alloc_zeroed', '__rg_realloc'],
  ...[
    'alloc::alloc::alloc',
    'alloc::alloc::alloc_zeroed',
    'alloc::alloc::realloc',
    'alloc::alloc::exchange_malloc',
  ],
  'alloc::boxed::box_new_uninit',
]);

const ALLOCATION_PREFIXES: readonly string[] = [
  ...['std::__libcpp_allocate<', 'std::__libcpp_operator_new<', 'std::__allocate_at_least<'],
  ...['__rustc::__rust_alloc', '__rustc::__rust_realloc', '__rustc::__rdl_', '__rustc::__rg_'],
  ...[
    'alloc::alloc::Global::',
    '<alloc::alloc::Global as ',
    'std::alloc::System::',
    '<std::alloc::System as ',
  ],
  ...['std::alloc::__default_lib_allocator::', 'std::sys::alloc::'],
];

const ALLOCATORS: readonly string[] = [
  ...['std::allocator<', 'std::allocator_traits<', 'std::__new_allocator<', '__gnu_cxx::new_allocator<'],
];
