/** A stack as heaptrack 1.4 recorded it, root first, a line for each frame: name (`?` when it had none) and module. */
export interface RecordedStack {
  readonly title: string;
  readonly frames: string;
  /** Identity of the first frame that is the program's; null where the profiler, not the program, allocates. */
  readonly entry: string | null;
}

export const RECORDED_STACKS: readonly RecordedStack[] = [
  {
    title: 'plain.c by gcc -O2 -g: a function of its main',
    entry: 'main',
    frames: `
_start | plain
__libc_start_main_impl | libc.so.6
__libc_start_call_main | libc.so.6
main | plain
__GI___qsort_r | libc.so.6
msort_with_tmp | libc.so.6
msort_with_tmp | libc.so.6
compare | plain
__GI___strdup | libc.so.6`,
  },
  {
    title: 'plain.c by gcc -O2 -g: a constructor',
    entry: 'before_main',
    frames: `
_start | plain
__libc_start_main_impl | libc.so.6
call_init | libc.so.6
before_main | plain
__GI___strdup | libc.so.6`,
  },
  {
    title: "libstdc++'s start-up, which heaptrack brings",
    entry: null,
    frames: `
? | ld-linux-x86-64.so.2
_dl_init | ld-linux-x86-64.so.2
call_init | ld-linux-x86-64.so.2
call_init | ld-linux-x86-64.so.2
? | libstdc++.so.6`,
  },
  {
    title: 'work.cpp by g++ -O2 -g: a static initialiser',
    entry: 'static initialisers',
    frames: `
_start | work2
__libc_start_main_impl | libc.so.6
call_init | libc.so.6
_GLOBAL__sub_I_c_function | work2
__static_initialization_and_destruction_0 | work2
std::vector<int, std::allocator<int> >::vector(std::initializer_list<int>, std::allocator<int> const&) | work2
void std::vector<int, std::allocator<int> >::_M_range_initialize<int const*>(int const*, int const*, std::forward_iterator_tag) | work2
std::_Vector_base<int, std::allocator<int> >::_M_allocate(unsigned long) | work2
std::_Vector_base<int, std::allocator<int> >::_M_allocate(unsigned long) | work2
std::allocator_traits<std::allocator<int> >::allocate(std::allocator<int>&, unsigned long) | work2
std::allocator<int>::allocate(unsigned long) | work2
std::__new_allocator<int>::allocate(unsigned long, void const*) | work2
operator new(unsigned long) | libstdc++.so.6`,
  },
  {
    title: 'work.cpp by g++ -O0 -g: std::thread with a function',
    entry: 'worker',
    frames: `
clone3 | libc.so.6
start_thread | libc.so.6
? | libstdc++.so.6
std::thread::_State_impl<std::thread::_Invoker<std::tuple<void (*)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > > > > >::_M_run() | work0
std::thread::_Invoker<std::tuple<void (*)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > > > >::operator()() | work0
void std::thread::_Invoker<std::tuple<void (*)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > > > >::_M_invoke<0ul, 1ul>(std::_Index_tuple<0ul, 1ul>) | work0
std::__invoke_result<void (*)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > > >::type std::__invoke<void (*)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > > >(void (*&&)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > >&&) | work0
void std::__invoke_impl<void, void (*)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > > >(std::__invoke_other, void (*&&)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > >&&) | work0
worker(std::vector<int, std::allocator<int> >&) | work0
std::vector<int, std::allocator<int> >::push_back(int const&) | work0
void std::vector<int, std::allocator<int> >::_M_realloc_insert<int const&>(__gnu_cxx::__normal_iterator<int*, std::vector<int, std::allocator<int> > >, int const&) | work0
std::_Vector_base<int, std::allocator<int> >::_M_allocate(unsigned long) | work0
std::allocator_traits<std::allocator<int> >::allocate(std::allocator<int>&, unsigned long) | work0
std::allocator<int>::allocate(unsigned long) | work0
std::__new_allocator<int>::allocate(unsigned long, void const*) | work0
operator new(unsigned long) | libstdc++.so.6`,
  },
  {
    title: 'work.cpp by g++ -O0 -g: std::thread with a lambda',
    entry: 'operator()',
    frames: `
clone3 | libc.so.6
start_thread | libc.so.6
? | libstdc++.so.6
_M_run | work0
operator() | work0
_M_invoke<0> | work0
__invoke<main()::<lambda()> > | work0
__invoke_impl<void, main()::<lambda()> > | work0
operator() | work0
std::vector<int, std::allocator<int> >::vector(unsigned long, std::allocator<int> const&) | work0
std::_Vector_base<int, std::allocator<int> >::_Vector_base(unsigned long, std::allocator<int> const&) | work0
std::_Vector_base<int, std::allocator<int> >::_M_create_storage(unsigned long) | work0
std::_Vector_base<int, std::allocator<int> >::_M_allocate(unsigned long) | work0
std::allocator_traits<std::allocator<int> >::allocate(std::allocator<int>&, unsigned long) | work0
std::allocator<int>::allocate(unsigned long) | work0
std::__new_allocator<int>::allocate(unsigned long, void const*) | work0
operator new(unsigned long) | libstdc++.so.6`,
  },
  {
    title: 'work.cpp by g++ -O0 -g: std::thread with a member function',
    entry: 'Obj::run',
    frames: `
clone3 | libc.so.6
start_thread | libc.so.6
? | libstdc++.so.6
std::thread::_State_impl<std::thread::_Invoker<std::tuple<void (Obj::*)(int), Obj*, int> > >::_M_run() | work0
std::thread::_Invoker<std::tuple<void (Obj::*)(int), Obj*, int> >::operator()() | work0
void std::thread::_Invoker<std::tuple<void (Obj::*)(int), Obj*, int> >::_M_invoke<0ul, 1ul, 2ul>(std::_Index_tuple<0ul, 1ul, 2ul>) | work0
std::__invoke_result<void (Obj::*)(int), Obj*, int>::type std::__invoke<void (Obj::*)(int), Obj*, int>(void (Obj::*&&)(int), Obj*&&, int&&) | work0
void std::__invoke_impl<void, void (Obj::*)(int), Obj*, int>(std::__invoke_memfun_deref, void (Obj::*&&)(int), Obj*&&, int&&) | work0
Obj::run(int) | work0
std::vector<long, std::allocator<long> >::vector(unsigned long, std::allocator<long> const&) | work0
std::_Vector_base<long, std::allocator<long> >::_Vector_base(unsigned long, std::allocator<long> const&) | work0
std::_Vector_base<long, std::allocator<long> >::_M_create_storage(unsigned long) | work0
std::_Vector_base<long, std::allocator<long> >::_M_allocate(unsigned long) | work0
std::allocator_traits<std::allocator<long> >::allocate(std::allocator<long>&, unsigned long) | work0
std::allocator<long>::allocate(unsigned long) | work0
std::__new_allocator<long>::allocate(unsigned long, void const*) | work0
operator new(unsigned long) | libstdc++.so.6`,
  },
  {
    title: 'work.cpp by g++ -O2 -g: std::async',
    entry: 'operator()',
    frames: `
clone3 | libc.so.6
start_thread | libc.so.6
? | libstdc++.so.6
_M_run | work2
std::__future_base::_State_baseV2::_M_set_result(std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>, bool) | work2
void std::call_once<void (std::__future_base::_State_baseV2::*)(std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*, bool*), std::__future_base::_State_baseV2*, std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*, bool*>(std::once_flag&, void (std::__future_base::_State_baseV2::*&&)(std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*, bool*), std::__future_base::_State_baseV2*&&, std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*&&, bool*&&) | work2
__gthread_once | work2
__pthread_once_slow | libc.so.6
std::__future_base::_State_baseV2::_M_do_set(std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*, bool*) | work2
std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>::operator()() const | work2
_M_invoke | work2
__invoke_r<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter>, std::__future_base::_Task_setter<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char> >, std::__future_base::_Result_base::_Deleter>, std::thread::_Invoker<std::tuple<main()::<lambda(int)>, int> >, std::__cxx11::basic_string<char> >&> | work2
__invoke_impl<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char> >, std::__future_base::_Result_base::_Deleter>, std::__future_base::_Task_setter<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char> >, std::__future_base::_Result_base::_Deleter>, std::thread::_Invoker<std::tuple<main()::<lambda(int)>, int> >, std::__cxx11::basic_string<char> >&> | work2
operator() | work2
operator() | work2
_M_invoke<0, 1> | work2
__invoke<main()::<lambda(int)>, int> | work2
__invoke_impl<std::__cxx11::basic_string<char>, main()::<lambda(int)>, int> | work2
operator() | work2
std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >::basic_string<std::allocator<char> >(unsigned long, char, std::allocator<char> const&) | work2
std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >::_M_construct(unsigned long, char) | work2
std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >::_M_create(unsigned long&, unsigned long) | work2
std::allocator_traits<std::allocator<char> >::allocate(std::allocator<char>&, unsigned long) | work2
std::allocator<char>::allocate(unsigned long) | work2
std::__new_allocator<char>::allocate(unsigned long, void const*) | work2
operator new(unsigned long) | libstdc++.so.6`,
  },
  {
    title: 'work.cpp by clang++ -O2 -g: std::async',
    entry: 'main::{lambda}',
    frames: `
clone3 | libc.so.6
start_thread | libc.so.6
? | libstdc++.so.6
std::__future_base::_Async_state_impl<std::thread::_Invoker<std::tuple<main::$_7, int> >, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >::_M_run() | clang2
std::__future_base::_State_baseV2::_M_set_result(std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>, bool) | clang2
void std::call_once<void (std::__future_base::_State_baseV2::*)(std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*, bool*), std::__future_base::_State_baseV2*, std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*, bool*>(std::once_flag&, void (std::__future_base::_State_baseV2::*&&)(std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*, bool*), std::__future_base::_State_baseV2*&&, std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*&&, bool*&&) | clang2
__gthread_once(int*, void (*)()) | clang2
__pthread_once_slow | libc.so.6
std::__future_base::_State_baseV2::_M_do_set(std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>*, bool*) | clang2
std::function<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> ()>::operator()() const | clang2
std::_Function_handler<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> (), std::__future_base::_Task_setter<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::__future_base::_Result_base::_Deleter>, std::thread::_Invoker<std::tuple<main::$_7, int> >, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > > >::_M_invoke(std::_Any_data const&) | clang2
std::enable_if<is_invocable_r_v<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter>, std::__future_base::_Task_setter<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::__future_base::_Result_base::_Deleter>, std::thread::_Invoker<std::tuple<main::$_7, int> >, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >&>, std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter> >::type std::__invoke_r<std::unique_ptr<std::__future_base::_Result_base, std::__future_base::_Result_base::_Deleter>, std::__future_base::_Task_setter<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::__future_base::_Result_base::_Deleter>, std::thread::_Invoker<std::tuple<main::$_7, int> >, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >&>(std::__future_base::_Task_setter<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::__future_base::_Result_base::_Deleter>, std::thread::_Invoker<std::tuple<main::$_7, int> >, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >&) | clang2
std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::__future_base::_Result_base::_Deleter> std::__invoke_impl<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::__future_base::_Result_base::_Deleter>, std::__future_base::_Task_setter<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::__future_base::_Result_base::_Deleter>, std::thread::_Invoker<std::tuple<main::$_7, int> >, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >&>(std::__invoke_other, std::__future_base::_Task_setter<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::__future_base::_Result_base::_Deleter>, std::thread::_Invoker<std::tuple<main::$_7, int> >, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >&) | clang2
std::__future_base::_Task_setter<std::unique_ptr<std::__future_base::_Result<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::__future_base::_Result_base::_Deleter>, std::thread::_Invoker<std::tuple<main::$_7, int> >, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >::operator()() const | clang2
std::thread::_Invoker<std::tuple<main::$_7, int> >::operator()[abi:cxx11]() | clang2
std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > std::thread::_Invoker<std::tuple<main::$_7, int> >::_M_invoke<0ul, 1ul>(std::_Index_tuple<0ul, 1ul>) | clang2
std::__invoke_result<main::$_7, int>::type std::__invoke[abi:cxx11]<main::$_7, int>(main::$_7&&, int&&) | clang2
std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > std::__invoke_impl<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >, main::$_7, int>(std::__invoke_other, main::$_7&&, int&&) | clang2
main::$_7::operator()[abi:cxx11](int) const | clang2
std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >::basic_string<std::allocator<char> >(unsigned long, char, std::allocator<char> const&) | clang2
std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >::_M_construct(unsigned long, char) | clang2
std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >::_M_create(unsigned long&, unsigned long) | clang2
std::allocator_traits<std::allocator<char> >::allocate(std::allocator<char>&, unsigned long) | clang2
std::allocator<char>::allocate(unsigned long) | clang2
std::__new_allocator<char>::allocate(unsigned long, void const*) | clang2
operator new(unsigned long) | libstdc++.so.6`,
  },
  {
    title: 'work.cpp by g++ -O2 without debug information: a lambda inlined into the thread',
    entry: 'std::thread::_State_impl<std::thread::_Invoker<std::tuple<main::{lambda()#2}>>>::_M_run',
    frames: `
clone3 | libc.so.6
start_thread | libc.so.6
? | libstdc++.so.6
std::thread::_State_impl<std::thread::_Invoker<std::tuple<main::{lambda()#2}> > >::_M_run() | worknog
operator new(unsigned long) | libstdc++.so.6`,
  },
  {
    title: 'words.rs by rustc -g: its main',
    entry: 'words::main',
    frames: `
_start | words_dbg
__libc_start_main_impl | libc.so.6
__libc_start_call_main | libc.so.6
main | words_dbg
std::rt::lang_start::h0602551292df4337 | words_dbg
_RNvNtCsjrHSEGnQ3l9_3std2rt19lang_start_internal | words_dbg
_RINvNtCsjrHSEGnQ3l9_3std5panic12catch_unwindNCNvNtB4_2rt19lang_start_internal0iEB4_ | words_dbg
_RINvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwindiNCNvNtB4_2rt19lang_start_internal0EB4_ | words_dbg
_RINvNvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwind7do_callNCNvNtB6_2rt19lang_start_internal0iEB6_ | words_dbg
_RNCNvNtCsjrHSEGnQ3l9_3std2rt19lang_start_internal0B5_ | words_dbg
_RINvNtCsjrHSEGnQ3l9_3std5panic12catch_unwindRDINtNtNtCsgEmfK2I1SDS_4core3ops8function2FnuEp6OutputlNtNtBP_6marker4SyncNtNtNtBP_5panic11unwind_safe13RefUnwindSafeEL_lEB4_ | words_dbg
_RINvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwindlRDINtNtNtCsgEmfK2I1SDS_4core3ops8function2FnuEp6OutputlNtNtBU_6marker4SyncNtNtNtBU_5panic11unwind_safe13RefUnwindSafeEL_EB4_ | words_dbg
_RINvNvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwind7do_callRDINtNtNtCsgEmfK2I1SDS_4core3ops8function2FnuEp6OutputlNtNtB13_6marker4SyncNtNtNtB13_5panic11unwind_safe13RefUnwindSafeEL_lEB6_ | words_dbg
_RNvXs0_NtNtNtCsgEmfK2I1SDS_4core3ops8function5implsRDINtB7_2FnuEp6OutputlNtNtBb_6marker4SyncNtNtNtBb_5panic11unwind_safe13RefUnwindSafeEL_INtB7_6FnOnceuE9call_onceCsjrHSEGnQ3l9_3std | words_dbg
std::rt::lang_start::_$u7b$$u7b$closure$u7d$$u7d$::hc820094044b0496f | words_dbg
std::sys::backtrace::__rust_begin_short_backtrace::hbb6b2e309c893819 | words_dbg
core::ops::function::FnOnce::call_once::hd2be690ed6daba2d | words_dbg
words::main::h1b5d6b32d4e6b239 | words_dbg
_$LT$words..parser..Parser$u20$as$u20$core..default..Default$GT$::default::h472d754a85707dc0 | words_dbg
core::iter::traits::iterator::Iterator::collect::h1b9606d22159deb5 | words_dbg
_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$core..iter..traits..collect..FromIterator$LT$T$GT$$GT$::from_iter::h24465241b58d01ab | words_dbg
_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$alloc..vec..spec_from_iter..SpecFromIter$LT$T$C$I$GT$$GT$::from_iter::hbccd498c091ce45d | words_dbg
_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$alloc..vec..spec_from_iter_nested..SpecFromIterNested$LT$T$C$I$GT$$GT$::from_iter::h0f3906d89f67ad94 | words_dbg
alloc::vec::Vec$LT$T$GT$::with_capacity::hed3ea73a3800e132 | words_dbg
alloc::vec::Vec$LT$T$C$A$GT$::with_capacity_in::hfbfa792d2504d033 | words_dbg
alloc::raw_vec::RawVec$LT$T$C$A$GT$::with_capacity_in::h1a474ff4366732dd | words_dbg
alloc::raw_vec::RawVecInner$LT$A$GT$::with_capacity_in::h3c1ea36a8063f761 | words_dbg
_RNvMs4_NtCslNYArtu3iFV_5alloc7raw_vecNtB5_11RawVecInner15try_allocate_inCsduwmD7cSIQq_5gimli | words_dbg`,
  },
  {
    title: 'words.rs by rustc -g: the start-up of the runtime',
    entry: 'std::rt::init',
    frames: `
_start | words_dbg
__libc_start_main_impl | libc.so.6
__libc_start_call_main | libc.so.6
main | words_dbg
std::rt::lang_start::h0602551292df4337 | words_dbg
_RNvNtCsjrHSEGnQ3l9_3std2rt19lang_start_internal | words_dbg
_RINvNtCsjrHSEGnQ3l9_3std5panic12catch_unwindNCNvNtB4_2rt19lang_start_internal0iEB4_ | words_dbg
_RINvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwindiNCNvNtB4_2rt19lang_start_internal0EB4_ | words_dbg
_RINvNvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwind7do_callNCNvNtB6_2rt19lang_start_internal0iEB6_ | words_dbg
_RNCNvNtCsjrHSEGnQ3l9_3std2rt19lang_start_internal0B5_ | words_dbg
_RNvNtCsjrHSEGnQ3l9_3std2rt4init | words_dbg
_RNvNtNtNtCsjrHSEGnQ3l9_3std3sys3pal4unix4init | words_dbg
_RNvNtNtNtNtNtCsjrHSEGnQ3l9_3std3sys3pal4unix14stack_overflow3imp4init | words_dbg
_RNvNtNtNtNtNtCsjrHSEGnQ3l9_3std3sys3pal4unix14stack_overflow3imp18install_main_guard | words_dbg
_RNvNtNtNtNtNtCsjrHSEGnQ3l9_3std3sys3pal4unix14stack_overflow3imp24install_main_guard_linux | words_dbg
_RNvNtNtNtNtNtCsjrHSEGnQ3l9_3std3sys3pal4unix14stack_overflow3imp19stack_start_aligned | words_dbg
_RNvNtNtNtNtNtCsjrHSEGnQ3l9_3std3sys3pal4unix14stack_overflow3imp15get_stack_start | words_dbg
__pthread_getattr_np | libc.so.6`,
  },
  {
    title: 'words.rs by rustc -g: a thread',
    entry: 'words::main::{closure}::{closure}',
    frames: `
clone3 | libc.so.6
start_thread | libc.so.6
_RNvNvMs0_NtNtNtCsjrHSEGnQ3l9_3std3sys6thread4unixNtB7_6Thread3new12thread_start | words_dbg
_RNvXst_NtCslNYArtu3iFV_5alloc5boxedINtB5_3BoxDINtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuEp6OutputuNtNtBP_6marker4SendEL_EIBJ_uE9call_onceCsjrHSEGnQ3l9_3std | words_dbg
core::ops::function::FnOnce::call_once$u7b$$u7b$vtable.shim$u7d$$u7d$::h218499f05f97de23 | words_dbg
std::thread::lifecycle::spawn_unchecked::_$u7b$$u7b$closure$u7d$$u7d$::h22e9dca25f2e8c9a | words_dbg
std::panic::catch_unwind::h3334bb8b921fa872 | words_dbg
std::panicking::catch_unwind::h1b86ba601fa1f28b | words_dbg
__rust_try | words_dbg
std::panicking::catch_unwind::do_call::hdfad19139e9895fd | words_dbg
_$LT$core..panic..unwind_safe..AssertUnwindSafe$LT$F$GT$$u20$as$u20$core..ops..function..FnOnce$LT$$LP$$RP$$GT$$GT$::call_once::h3234ec46edf0cb93 | words_dbg
std::thread::lifecycle::spawn_unchecked::_$u7b$$u7b$closure$u7d$$u7d$::_$u7b$$u7b$closure$u7d$$u7d$::h4d43450d4d618233 | words_dbg
std::sys::backtrace::__rust_begin_short_backtrace::h7715fd9597b93a0b | words_dbg
words::main::_$u7b$$u7b$closure$u7d$$u7d$::_$u7b$$u7b$closure$u7d$$u7d$::hc8c09cc66a79a384 | words_dbg
words::recurse::hab140b148c87d4d1 | words_dbg
words::recurse::hab140b148c87d4d1 | words_dbg
words::recurse::hab140b148c87d4d1 | words_dbg
alloc::vec::Vec$LT$T$C$A$GT$::push::h6ee1d3b17d5c0f9e | words_dbg
alloc::vec::Vec$LT$T$C$A$GT$::push_mut::hdd547ed44d0ec606 | words_dbg
alloc::raw_vec::RawVec$LT$T$C$A$GT$::grow_one::hbfbd5dd1258b7ef5 | words_dbg
alloc::raw_vec::RawVecInner$LT$A$GT$::grow_one::h81a03902228efffd | words_dbg
_RNvMs4_NtCslNYArtu3iFV_5alloc7raw_vecNtB5_11RawVecInner14grow_amortizedCsduwmD7cSIQq_5gimli | words_dbg
_RNvMs4_NtCslNYArtu3iFV_5alloc7raw_vecNtB5_11RawVecInner11finish_growCsduwmD7cSIQq_5gimli | words_dbg`,
  },
  {
    title: 'words.rs by rustc -O -C debuginfo=1 (v0): a scoped thread',
    entry: 'words::main::{closure}::{closure}',
    frames: `
clone3 | libc.so.6
start_thread | libc.so.6
_RNvNvMs0_NtNtNtCsjrHSEGnQ3l9_3std3sys6thread4unixNtB7_6Thread3new12thread_start | words_v0
_RNvXst_NtCslNYArtu3iFV_5alloc5boxedINtB5_3BoxDINtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuEp6OutputuNtNtBP_6marker4SendEL_EIBJ_uE9call_onceCsjrHSEGnQ3l9_3std | words_v0
_RNSNvYNCINvNtNtCsjrHSEGnQ3l9_3std6thread9lifecycle15spawn_uncheckedNCNCNvCsbAMGNdGAV0r_5words4mains0_00uEs_0INtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuE9call_once6vtableB19_ | words_v0
_RNCINvNtNtCsjrHSEGnQ3l9_3std6thread9lifecycle15spawn_uncheckedNCNCNvCsbAMGNdGAV0r_5words4mains0_00uEs_0B14_ | words_v0
_RINvNtCsjrHSEGnQ3l9_3std5panic12catch_unwindINtNtNtCsgEmfK2I1SDS_4core5panic11unwind_safe16AssertUnwindSafeNCNCINvNtNtB4_6thread9lifecycle15spawn_uncheckedNCNCNvCsbAMGNdGAV0r_5words4mains0_00uEs_00EuEB2z_ | words_v0
_RINvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwinduINtNtNtCsgEmfK2I1SDS_4core5panic11unwind_safe16AssertUnwindSafeNCNCINvNtNtB4_6thread9lifecycle15spawn_uncheckedNCNCNvCsbAMGNdGAV0r_5words4mains0_00uEs_00EEB2E_ | words_v0
_RINvNvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwind7do_callINtNtNtCsgEmfK2I1SDS_4core5panic11unwind_safe16AssertUnwindSafeNCNCINvNtNtB6_6thread9lifecycle15spawn_uncheckedNCNCNvCsbAMGNdGAV0r_5words4mains0_00uEs_00EuEB2N_ | words_v0
_RNvXsl_NtNtCsgEmfK2I1SDS_4core5panic11unwind_safeINtB5_16AssertUnwindSafeNCNCINvNtNtCsjrHSEGnQ3l9_3std6thread9lifecycle15spawn_uncheckedNCNCNvCsbAMGNdGAV0r_5words4mains0_00uEs_00EINtNtNtB9_3ops8function6FnOnceuE9call_onceB2g_ | words_v0
_RNCNCINvNtNtCsjrHSEGnQ3l9_3std6thread9lifecycle15spawn_uncheckedNCNCNvCsbAMGNdGAV0r_5words4mains0_00uEs_00B16_ | words_v0
_RINvNtNtCsjrHSEGnQ3l9_3std3sys9backtrace28___rust_begin_short_backtraceNCNCNvCsbAMGNdGAV0r_5words4mains0_00uEB1d_ | words_v0
_RNCNCNvCsbAMGNdGAV0r_5words4mains0_00B5_ | words_v0
_RNvXs1_NtNtCsjrHSEGnQ3l9_3std4sync9lazy_lockINtB5_8LazyLockINtNtNtNtB9_11collections4hash3map7HashMapNtNtCslNYArtu3iFV_5alloc6string6StringmEENtNtNtCsgEmfK2I1SDS_4core3ops5deref5Deref5derefCsbAMGNdGAV0r_5words | words_v0
_RNvMNtNtCsjrHSEGnQ3l9_3std4sync9lazy_lockINtB2_8LazyLockINtNtNtNtB6_11collections4hash3map7HashMapNtNtCslNYArtu3iFV_5alloc6string6StringmEE5forceCsbAMGNdGAV0r_5words | words_v0
_RINvMs0_NtNtCsjrHSEGnQ3l9_3std4sync4onceNtB6_4Once15call_once_forceNCNvMNtB8_9lazy_lockINtB18_8LazyLockINtNtNtNtBa_11collections4hash3map7HashMapNtNtCslNYArtu3iFV_5alloc6string6StringmEE5force0ECsbAMGNdGAV0r_5words | words_v0
_RNvMs0_NtNtNtNtCsjrHSEGnQ3l9_3std3sys4sync4once5futexNtB5_4Once4call | words_v0
_RNCINvMs0_NtNtCsjrHSEGnQ3l9_3std4sync4onceNtB8_4Once15call_once_forceNCNvMNtBa_9lazy_lockINtB1a_8LazyLockINtNtNtNtBc_11collections4hash3map7HashMapNtNtCslNYArtu3iFV_5alloc6string6StringmEE5force0E0CsbAMGNdGAV0r_5words | words_v0
_RNCNvMNtNtCsjrHSEGnQ3l9_3std4sync9lazy_lockINtB4_8LazyLockINtNtNtNtB8_11collections4hash3map7HashMapNtNtCslNYArtu3iFV_5alloc6string6StringmEE5force0CsbAMGNdGAV0r_5words | words_v0
_RNvYFEINtNtNtNtCsjrHSEGnQ3l9_3std11collections4hash3map7HashMapNtNtCslNYArtu3iFV_5alloc6string6StringmEINtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuE9call_onceCsbAMGNdGAV0r_5words | words_v0
_RNvYNCNvCsbAMGNdGAV0r_5words5TABLE0INtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuE9call_onceB6_ | words_v0
_RNCNvCsbAMGNdGAV0r_5words5TABLE0B3_ | words_v0
_RNvXsB_NtCslNYArtu3iFV_5alloc6stringReNtB5_8ToString9to_stringCsbAMGNdGAV0r_5words | words_v0
_RNvXs20_NtCslNYArtu3iFV_5alloc6stringReNtB6_12SpecToString14spec_to_string | words_v0
_RNvXsK_NtCslNYArtu3iFV_5alloc6stringNtB5_6StringINtNtCsgEmfK2I1SDS_4core7convert4FromReE4from | words_v0
_RNvXs2_NtCslNYArtu3iFV_5alloc3streNtNtB7_6borrow7ToOwned8to_owned | words_v0
_RNvXs7_NtCslNYArtu3iFV_5alloc5sliceShNtNtB7_6borrow7ToOwned8to_ownedCsbAMGNdGAV0r_5words | words_v0
_RNvMNtCslNYArtu3iFV_5alloc5sliceSh6to_vecCsbAMGNdGAV0r_5words | words_v0
_RINvMNtCslNYArtu3iFV_5alloc5sliceSh9to_vec_inNtNtB5_5alloc6GlobalECsbAMGNdGAV0r_5words | words_v0
_RINvXs_NvMNtCslNYArtu3iFV_5alloc5sliceSp9to_vec_inhNtB5_10ConvertVec6to_vecNtNtBa_5alloc6GlobalECsbAMGNdGAV0r_5words | words_v0
_RNvMsF_NtCslNYArtu3iFV_5alloc3vecINtB5_3VechE16with_capacity_inCsbAMGNdGAV0r_5words | words_v0
_RNvMs3_NtCslNYArtu3iFV_5alloc7raw_vecINtB5_6RawVechE16with_capacity_inCsbAMGNdGAV0r_5words | words_v0
_RNvMs4_NtCslNYArtu3iFV_5alloc7raw_vecNtB5_11RawVecInner16with_capacity_inCsbAMGNdGAV0r_5words | words_v0
_RNvMs4_NtCslNYArtu3iFV_5alloc7raw_vecNtB5_11RawVecInner15try_allocate_inCsbAMGNdGAV0r_5words | words_v0
_RNvXs_NtCslNYArtu3iFV_5alloc5allocNtB4_6GlobalNtNtCsgEmfK2I1SDS_4core5alloc9Allocator8allocate | words_v0
_RNvMNtCslNYArtu3iFV_5alloc5allocNtB2_6Global10alloc_impl | words_v0
_RNvMNtCslNYArtu3iFV_5alloc5allocNtB2_6Global18alloc_impl_runtime | words_v0
_RNvNtCslNYArtu3iFV_5alloc5alloc5alloc | words_v0`,
  },
  {
    title: 'words.rs by rustc -O -C debuginfo=line-tables-only: its main',
    entry: 'main',
    frames: `
_start | words_rel
__libc_start_main_impl | libc.so.6
__libc_start_call_main | libc.so.6
main | words_rel
_RNvNtCsjrHSEGnQ3l9_3std2rt19lang_start_internal | words_rel
_RINvNtCsjrHSEGnQ3l9_3std5panic12catch_unwindNCNvNtB4_2rt19lang_start_internal0iEB4_ | words_rel
_RINvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwindiNCNvNtB4_2rt19lang_start_internal0EB4_ | words_rel
_RINvNvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwind7do_callNCNvNtB6_2rt19lang_start_internal0iEB6_ | words_rel
_RNCNvNtCsjrHSEGnQ3l9_3std2rt19lang_start_internal0B5_ | words_rel
_RINvNtCsjrHSEGnQ3l9_3std5panic12catch_unwindRDINtNtNtCsgEmfK2I1SDS_4core3ops8function2FnuEp6OutputlNtNtBP_6marker4SyncNtNtNtBP_5panic11unwind_safe13RefUnwindSafeEL_lEB4_ | words_rel
_RINvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwindlRDINtNtNtCsgEmfK2I1SDS_4core3ops8function2FnuEp6OutputlNtNtBU_6marker4SyncNtNtNtBU_5panic11unwind_safe13RefUnwindSafeEL_EB4_ | words_rel
_RINvNvNtCsjrHSEGnQ3l9_3std9panicking12catch_unwind7do_callRDINtNtNtCsgEmfK2I1SDS_4core3ops8function2FnuEp6OutputlNtNtB13_6marker4SyncNtNtNtB13_5panic11unwind_safe13RefUnwindSafeEL_lEB6_ | words_rel
_RNvXs0_NtNtNtCsgEmfK2I1SDS_4core3ops8function5implsRDINtB7_2FnuEp6OutputlNtNtBb_6marker4SyncNtNtNtBb_5panic11unwind_safe13RefUnwindSafeEL_INtB7_6FnOnceuE9call_onceCsjrHSEGnQ3l9_3std | words_rel
? | words_rel
__rust_begin_short_backtrace<fn(), ()> | words_rel
call_once<fn(), ()> | words_rel
main | words_rel
count | words_rel
to_owned | words_rel
to_owned<u8> | words_rel
to_vec<u8> | words_rel
to_vec_in<u8, alloc::alloc::Global> | words_rel
to_vec<u8, alloc::alloc::Global> | words_rel
with_capacity_in<u8, alloc::alloc::Global> | words_rel
with_capacity_in<u8, alloc::alloc::Global> | words_rel
with_capacity_in<alloc::alloc::Global> | words_rel
try_allocate_in<alloc::alloc::Global> | words_rel
allocate | words_rel
alloc_impl | words_rel
alloc_impl_runtime | words_rel
alloc | words_rel`,
  },
  {
    title: 'words.rs by rustc -O -C debuginfo=line-tables-only: a thread',
    entry: '{closure}',
    frames: `
clone3 | libc.so.6
start_thread | libc.so.6
_RNvNvMs0_NtNtNtCsjrHSEGnQ3l9_3std3sys6thread4unixNtB7_6Thread3new12thread_start | words_rel
_RNvXst_NtCslNYArtu3iFV_5alloc5boxedINtB5_3BoxDINtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuEp6OutputuNtNtBP_6marker4SendEL_EIBJ_uE9call_onceCsjrHSEGnQ3l9_3std | words_rel
call_once<std::thread::lifecycle::spawn_unchecked::{closure_env#1}<words::main::{closure#0}::{closure_env#0}, usize>, ()> | words_rel
{closure#1}<words::main::{closure#0}::{closure_env#0}, usize> | words_rel
catch_unwind<core::panic::unwind_safe::AssertUnwindSafe<std::thread::lifecycle::spawn_unchecked::{closure#1}::{closure_env#0}<words::main::{closure#0}::{closure_env#0}, usize>>, usize> | words_rel
catch_unwind<usize, core::panic::unwind_safe::AssertUnwindSafe<std::thread::lifecycle::spawn_unchecked::{closure#1}::{closure_env#0}<words::main::{closure#0}::{closure_env#0}, usize>>> | words_rel
do_call<core::panic::unwind_safe::AssertUnwindSafe<std::thread::lifecycle::spawn_unchecked::{closure#1}::{closure_env#0}<words::main::{closure#0}::{closure_env#0}, usize>>, usize> | words_rel
call_once<usize, std::thread::lifecycle::spawn_unchecked::{closure#1}::{closure_env#0}<words::main::{closure#0}::{closure_env#0}, usize>> | words_rel
{closure#0}<words::main::{closure#0}::{closure_env#0}, usize> | words_rel
__rust_begin_short_backtrace<words::main::{closure#0}::{closure_env#0}, usize> | words_rel
{closure#0} | words_rel
recurse | words_rel
recurse | words_rel
recurse | words_rel
recurse | words_rel
recurse | words_rel
recurse | words_rel
recurse | words_rel
recurse | words_rel
recurse | words_rel
recurse | words_rel
recurse | words_rel
new_uninit<[u32; 1]> | words_rel
box_new_uninit | words_rel
allocate | words_rel
alloc_impl | words_rel
alloc_impl_runtime | words_rel
alloc | words_rel`,
  },
];
