/*
 * Names as they come from real programs, and what becomes of each. The programs are small ones made for this table,
 * recorded by heaptrack 1.4 or read from their symbol tables; the comment above each list tells which.
 */

export interface RealSymbol {
  readonly raw: string;
  readonly identity: string;
  readonly name: string;
  readonly shortName: string;
}

/** words.rs by rustc 1.95 (-g and -O -C debuginfo=1, legacy mangling), as heaptrack 1.4 half-demangles it. */
export const RUST_LEGACY: readonly RealSymbol[] = [
  {
    raw: 'words::main::h1b5d6b32d4e6b239',
    identity: 'words::main',
    name: 'words::main',
    shortName: 'words::main',
  },
  {
    raw: 'words::recurse::hab140b148c87d4d1',
    identity: 'words::recurse',
    name: 'words::recurse',
    shortName: 'words::recurse',
  },
  {
    raw: '_$LT$words..parser..Parser$u20$as$u20$core..default..Default$GT$::default::h472d754a85707dc0',
    identity: '<words::parser::Parser as core::default::Default>::default',
    name: '<words::parser::Parser as core::default::Default>::default',
    shortName: 'Parser::default',
  },
  {
    raw: '_$LT$words..parser..Parser$u20$as$u20$core..default..Default$GT$::default::_$u7b$$u7b$closure$u7d$$u7d$::h18ccc5ac36c3e4c8',
    identity: '<words::parser::Parser as core::default::Default>::default::{closure}',
    name: '<words::parser::Parser as core::default::Default>::default::{closure}',
    shortName: 'Parser::default::{closure}',
  },
  {
    raw: 'words::main::_$u7b$$u7b$closure$u7d$$u7d$::h595e4d62c6dba4b6',
    identity: 'words::main::{closure}',
    name: 'words::main::{closure}',
    shortName: 'main::{closure}',
  },
  {
    raw: 'words::main::_$u7b$$u7b$closure$u7d$$u7d$::_$u7b$$u7b$closure$u7d$$u7d$::hcd324ade94850517',
    identity: 'words::main::{closure}::{closure}',
    name: 'words::main::{closure}::{closure}',
    shortName: 'main::{closure}',
  },
  {
    raw: 'words::parser::impl::apply::hd495b2d076a9c3fc',
    identity: 'words::parser::impl::apply',
    name: 'words::parser::impl::apply',
    shortName: 'impl::apply',
  },
  {
    raw: '_$LT$words..Words$LT$u64$GT$$u20$as$u20$words..Counter$GT$::count::hc0441d47fe26be4b',
    identity: '<words::Words<u64> as words::Counter>::count',
    name: '<words::Words<u64> as words::Counter>::count',
    shortName: 'Words::count',
  },
  {
    raw: '_$LT$words..Words$LT$T$GT$$u20$as$u20$core..fmt..Display$GT$::fmt::h766a8bd1cc70c07a',
    identity: '<words::Words<T> as core::fmt::Display>::fmt',
    name: '<words::Words<T> as core::fmt::Display>::fmt',
    shortName: 'Words::fmt',
  },
  {
    raw: 'words::TABLE::_$u7b$$u7b$closure$u7d$$u7d$::hcc580b4e5367142a',
    identity: 'words::TABLE::{closure}',
    name: 'words::TABLE::{closure}',
    shortName: 'TABLE::{closure}',
  },
  {
    raw: 'alloc::vec::Vec$LT$T$C$A$GT$::push::hc0a324004d9f018b',
    identity: 'alloc::vec::Vec<T, A>::push',
    name: 'alloc::vec::Vec<T, A>::push',
    shortName: 'Vec::push',
  },
  {
    raw: 'hashbrown::map::HashMap$LT$K$C$V$C$S$C$A$GT$::find_or_find_insert_index::h4e89fba7d4ea159e',
    identity: 'hashbrown::map::HashMap<K, V, S, A>::find_or_find_insert_index',
    name: 'hashbrown::map::HashMap<K, V, S, A>::find_or_find_insert_index',
    shortName: 'HashMap::find_or_find_insert_index',
  },
  {
    raw: 'std::collections::hash::map::HashMap$LT$K$C$V$C$S$C$A$GT$::insert::hc460d1314c664a0e',
    identity: 'std::collections::hash::map::HashMap<K, V, S, A>::insert',
    name: 'std::collections::hash::map::HashMap<K, V, S, A>::insert',
    shortName: 'HashMap::insert',
  },
  {
    raw: 'alloc::slice::_$LT$impl$u20$$u5b$T$u5d$$GT$::sort_by::hee950aca29d2f29b',
    identity: 'alloc::slice::<impl [T]>::sort_by',
    name: 'alloc::slice::<impl [T]>::sort_by',
    shortName: '[T]::sort_by',
  },
  {
    raw: 'core::ops::function::impls::_$LT$impl$u20$core..ops..function..FnOnce$LT$A$GT$$u20$for$u20$$RF$mut$u20$F$GT$::call_once::hb028c40d3259c33a',
    identity: 'core::ops::function::impls::<impl core::ops::function::FnOnce<A> for &mut F>::call_once',
    name: 'core::ops::function::impls::<impl core::ops::function::FnOnce<A> for &mut F>::call_once',
    shortName: 'F::call_once',
  },
  {
    raw: 'core::ops::function::FnOnce::call_once$u7b$$u7b$vtable.shim$u7d$$u7d$::h218499f05f97de23',
    identity: 'core::ops::function::FnOnce::call_once',
    name: 'core::ops::function::FnOnce::call_once',
    shortName: 'FnOnce::call_once',
  },
  {
    raw: 'alloc::slice::_$LT$impl$u20$alloc..borrow..ToOwned$u20$for$u20$$u5b$T$u5d$$GT$::to_owned::h0000e496f158fe7f',
    identity: 'alloc::slice::<impl alloc::borrow::ToOwned for [T]>::to_owned',
    name: 'alloc::slice::<impl alloc::borrow::ToOwned for [T]>::to_owned',
    shortName: '[T]::to_owned',
  },
  {
    raw: 'alloc::str::_$LT$impl$u20$alloc..slice..Join$LT$$RF$str$GT$$u20$for$u20$$u5b$S$u5d$$GT$::join::h34c6b433a4f0c392',
    identity: 'alloc::str::<impl alloc::slice::Join<&str> for [S]>::join',
    name: 'alloc::str::<impl alloc::slice::Join<&str> for [S]>::join',
    shortName: '[S]::join',
  },
  {
    raw: '_$LT$core..panic..unwind_safe..AssertUnwindSafe$LT$F$GT$$u20$as$u20$core..ops..function..FnOnce$LT$$LP$$RP$$GT$$GT$::call_once::h3234ec46edf0cb93',
    identity: '<core::panic::unwind_safe::AssertUnwindSafe<F> as core::ops::function::FnOnce<()>>::call_once',
    name: '<core::panic::unwind_safe::AssertUnwindSafe<F> as core::ops::function::FnOnce<()>>::call_once',
    shortName: 'AssertUnwindSafe::call_once',
  },
  {
    raw: 'std::rt::lang_start::_$u7b$$u7b$closure$u7d$$u7d$::hc820094044b0496f',
    identity: 'std::rt::lang_start::{closure}',
    name: 'std::rt::lang_start::{closure}',
    shortName: 'lang_start::{closure}',
  },
  {
    raw: 'core::iter::traits::iterator::Iterator::collect::h1b9606d22159deb5',
    identity: 'core::iter::traits::iterator::Iterator::collect',
    name: 'core::iter::traits::iterator::Iterator::collect',
    shortName: 'Iterator::collect',
  },
  {
    raw: '_ZN3std2rt10lang_start28_$u7b$$u7b$closure$u7d$$u7d$17hc820094044b0496fE.llvm.7019496336547935670',
    identity: 'std::rt::lang_start::{closure}',
    name: 'std::rt::lang_start::{closure}',
    shortName: 'lang_start::{closure}',
  },
  {
    raw: '_ZN102_$LT$core..iter..adapters..map..Map$LT$I$C$F$GT$$u20$as$u20$core..iter..traits..iterator..Iterator$GT$4fold17h2a4087ee5cc5f38dE',
    identity: '<core::iter::adapters::map::Map<I, F> as core::iter::traits::iterator::Iterator>::fold',
    name: '<core::iter::adapters::map::Map<I, F> as core::iter::traits::iterator::Iterator>::fold',
    shortName: 'Map::fold',
  },
  {
    raw: 'words::main::h1b5d6b32d4e6b239.cold',
    identity: 'words::main',
    name: 'words::main',
    shortName: 'words::main',
  },
];

/** words.rs by rustc 1.95 (-C symbol-mangling-version=v0; the precompiled std is always v0). */
export const RUST_V0: readonly RealSymbol[] = [
  {
    raw: '_RNvCsbAMGNdGAV0r_5words4main',
    identity: 'words::main',
    name: 'words::main',
    shortName: 'words::main',
  },
  {
    raw: '_RNCNvCsbAMGNdGAV0r_5words4main0B3_',
    identity: 'words::main::{closure}',
    name: 'words::main::{closure}',
    shortName: 'main::{closure}',
  },
  {
    raw: '_RINvCsbAMGNdGAV0r_5words13generic_arrayKj11_EB2_',
    identity: 'words::generic_array<17>',
    name: 'words::generic_array<17>',
    shortName: 'words::generic_array',
  },
  {
    raw: '_RNCNvCsbAMGNdGAV0r_5words5TABLE0B3_',
    identity: 'words::TABLE::{closure}',
    name: 'words::TABLE::{closure}',
    shortName: 'TABLE::{closure}',
  },
  {
    raw: '_RNvYNCNvCsbAMGNdGAV0r_5words5TABLE0INtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuE9call_onceB6_',
    identity: '<words::TABLE::{closure} as core::ops::function::FnOnce<()>>::call_once',
    name: '<words::TABLE::{closure} as core::ops::function::FnOnce<()>>::call_once',
    shortName: 'TABLE::{closure}::call_once',
  },
  {
    raw: '_RNvXCsbAMGNdGAV0r_5wordsINtB2_5WordsyENtB2_7Counter5count',
    identity: '<words::Words<u64> as words::Counter>::count',
    name: '<words::Words<u64> as words::Counter>::count',
    shortName: 'Words::count',
  },
  {
    raw: '_RNvMs2_NtNtNtCsjrHSEGnQ3l9_3std11collections4hash3mapINtB5_7HashMapNtNtCslNYArtu3iFV_5alloc6string6StringmE6insertCsbAMGNdGAV0r_5words',
    identity: 'std::collections::hash::map::HashMap<alloc::string::String, u32>::insert',
    name: 'std::collections::hash::map::HashMap<alloc::string::String, u32>::insert',
    shortName: 'HashMap::insert',
  },
  {
    raw: '_RINvMNtCsgEmfK2I1SDS_4core6optionINtB3_6OptionRmE3mapNtNtCslNYArtu3iFV_5alloc6string6StringNCNCNCNvCsbAMGNdGAV0r_5words4mains0_000EB1z_',
    identity:
      'core::option::Option<&u32>::map<alloc::string::String, words::main::{closure}::{closure}::{closure}>',
    name: 'core::option::Option<&u32>::map<alloc::string::String, words::main::{closure}::{closure}::{closure}>',
    shortName: 'Option::map',
  },
  {
    raw: '_RINvMNtCslNYArtu3iFV_5alloc5sliceSNtNtB5_6string6String7sort_byNCNvCsbAMGNdGAV0r_5words4mains2_0EB13_',
    identity: '<[alloc::string::String]>::sort_by<words::main::{closure}>',
    name: '<[alloc::string::String]>::sort_by<words::main::{closure}>',
    shortName: '[String]::sort_by',
  },
  {
    raw: '_RNvYFEuINtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuE9call_onceCsbAMGNdGAV0r_5words',
    identity: '<fn() as core::ops::function::FnOnce<()>>::call_once',
    name: '<fn() as core::ops::function::FnOnce<()>>::call_once',
    shortName: 'fn::call_once',
  },
  {
    raw: '_RNSNvYNCINvNtNtCsjrHSEGnQ3l9_3std6thread9lifecycle15spawn_uncheckedNCNCNvCsbAMGNdGAV0r_5words4main00jEs_0INtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceuE9call_once6vtableB19_',
    identity:
      '<std::thread::lifecycle::spawn_unchecked<words::main::{closure}::{closure}, usize>::{closure} as core::ops::function::FnOnce<()>>::call_once',
    name: '<std::thread::lifecycle::spawn_unchecked<words::main::{closure}::{closure}, usize>::{closure} as core::ops::function::FnOnce<()>>::call_once',
    shortName: 'spawn_unchecked::{closure}::call_once',
  },
  {
    raw: '_RNvXs0_NtNtNtCsgEmfK2I1SDS_4core3ops8function5implsRDINtB7_2FnuEp6OutputlNtNtBb_6marker4SyncNtNtNtBb_5panic11unwind_safe13RefUnwindSafeEL_INtB7_6FnOnceuE9call_onceCsjrHSEGnQ3l9_3std',
    identity:
      '<&dyn core::ops::function::Fn<(), Output = i32> + core::marker::Sync + core::panic::unwind_safe::RefUnwindSafe as core::ops::function::FnOnce<()>>::call_once',
    name: '<&dyn core::ops::function::Fn<(), Output = i32> + core::marker::Sync + core::panic::unwind_safe::RefUnwindSafe as core::ops::function::FnOnce<()>>::call_once',
    shortName: 'Fn::call_once',
  },
  {
    raw: '_RINvNtNtCsjrHSEGnQ3l9_3std3sys9backtrace28___rust_begin_short_backtraceNCNCNCINvNtNtB6_6thread9lifecycle15spawn_uncheckedNCNCNvCsbAMGNdGAV0r_5words4main00jEs_000uEB21_',
    identity:
      'std::sys::backtrace::__rust_begin_short_backtrace<std::thread::lifecycle::spawn_unchecked<words::main::{closure}::{closure}, usize>::{closure}::{closure}::{closure}, ()>',
    name: 'std::sys::backtrace::__rust_begin_short_backtrace<std::thread::lifecycle::spawn_unchecked<words::main::{closure}::{closure}, usize>::{closure}::{closure}::{closure}, ()>',
    shortName: 'backtrace::__rust_begin_short_backtrace',
  },
  {
    raw: '_RNvNvMs0_NtNtNtCsjrHSEGnQ3l9_3std3sys6thread4unixNtB7_6Thread3new12thread_start',
    identity: 'std::sys::thread::unix::Thread::new::thread_start',
    name: 'std::sys::thread::unix::Thread::new::thread_start',
    shortName: 'new::thread_start',
  },
  {
    raw: '_RNvNtCslNYArtu3iFV_5alloc5alloc5alloc',
    identity: 'alloc::alloc::alloc',
    name: 'alloc::alloc::alloc',
    shortName: 'alloc::alloc',
  },
  {
    raw: '_RNvYNvYINtNtCslNYArtu3iFV_5alloc5boxed3BoxeEINtNtCsgEmfK2I1SDS_4core7convert4FromReE4fromINtNtNtBL_3ops8function6FnOnceTB1h_EE9call_onceCsjrHSEGnQ3l9_3std',
    identity:
      '<<alloc::boxed::Box<str> as core::convert::From<&str>>::from as core::ops::function::FnOnce<(&str,)>>::call_once',
    name: '<<alloc::boxed::Box<str> as core::convert::From<&str>>::from as core::ops::function::FnOnce<(&str,)>>::call_once',
    shortName: 'from::call_once',
  },
  {
    raw: '_RNvMNtCslNYArtu3iFV_5alloc5boxedINtB2_3BoxAhj11_E3newCsbAMGNdGAV0r_5words',
    identity: 'alloc::boxed::Box<[u8; 17]>::new',
    name: 'alloc::boxed::Box<[u8; 17]>::new',
    shortName: 'Box::new',
  },
  {
    raw: '_RNvXs20_NtCslNYArtu3iFV_5alloc6stringReNtB6_12SpecToString14spec_to_string',
    identity: '<&str as alloc::string::SpecToString>::spec_to_string',
    name: '<&str as alloc::string::SpecToString>::spec_to_string',
    shortName: 'str::spec_to_string',
  },
  {
    raw: '_RNvMs0_NtCslNYArtu3iFV_5alloc5boxedINtB5_3BoxeE14clone_from_refCsjrHSEGnQ3l9_3std',
    identity: 'alloc::boxed::Box<str>::clone_from_ref',
    name: 'alloc::boxed::Box<str>::clone_from_ref',
    shortName: 'Box::clone_from_ref',
  },
  {
    raw: '_RINvNtCsgEmfK2I1SDS_4core3ptr13drop_in_placeINtNtNtCsjrHSEGnQ3l9_3std6thread11join_handle10JoinHandlejEECsbAMGNdGAV0r_5words.llvm.17616251879448295712',
    identity: 'core::ptr::drop_in_place<std::thread::join_handle::JoinHandle<usize>>',
    name: 'core::ptr::drop_in_place<std::thread::join_handle::JoinHandle<usize>>',
    shortName: 'ptr::drop_in_place',
  },
  {
    raw: 'words[ca63f166dbe9294]::main::{closure#0}',
    identity: 'words::main::{closure}',
    name: 'words::main::{closure}',
    shortName: 'main::{closure}',
  },
  {
    raw: '<alloc[2f3b9c14e6a5d870]::vec::Vec<u8>>::push',
    identity: 'alloc::vec::Vec<u8>::push',
    name: 'alloc::vec::Vec<u8>::push',
    shortName: 'Vec::push',
  },
];

/** words.rs by rustc 1.95 (-O -C debuginfo=line-tables-only), whose inlined functions have bare names. */
export const RUST_LINE_TABLES: readonly RealSymbol[] = [
  {
    raw: 'call_once<fn(), ()>',
    identity: 'call_once<fn(), ()>',
    name: 'call_once<fn(), ()>',
    shortName: 'call_once',
  },
  {
    raw: 'apply<words::main::{closure_env#5}>',
    identity: 'apply<words::main::{closure_env}>',
    name: 'apply<words::main::{closure_env}>',
    shortName: 'apply',
  },
  { raw: '{closure#0}', identity: '{closure}', name: '{closure}', shortName: '{closure}' },
  {
    raw: '{closure#1}<words::main::{closure#0}::{closure_env#0}, usize>',
    identity: '{closure}<words::main::{closure}::{closure_env}, usize>',
    name: '{closure}<words::main::{closure}::{closure_env}, usize>',
    shortName: '{closure}',
  },
  { raw: 'count', identity: 'count', name: 'count', shortName: 'count' },
];

/** work.cpp by g++ 12 (-g, -O0 and -O2): what has external linkage is demangled, what has not is bare. */
export const GCC_DEBUG: readonly RealSymbol[] = [
  { raw: 'main', identity: 'main', name: 'main', shortName: 'main' },
  { raw: 'build', identity: 'build', name: 'build', shortName: 'build' },
  { raw: 'Hidden', identity: 'Hidden', name: 'Hidden', shortName: 'Hidden' },
  {
    raw: 'operator new(unsigned long)',
    identity: 'operator new',
    name: 'operator new(unsigned long)',
    shortName: 'operator new',
  },
  {
    raw: 'geo::Grid<double, 16>::Grid()',
    identity: 'geo::Grid<double, 16>::Grid',
    name: 'geo::Grid<double, 16>::Grid()',
    shortName: 'Grid::Grid',
  },
  {
    raw: 'geo::Grid<double, 16>::operator+(geo::Grid<double, 16> const&) const',
    identity: 'geo::Grid<double, 16>::operator+',
    name: 'geo::Grid<double, 16>::operator+(geo::Grid<double, 16> const&) const',
    shortName: 'Grid::operator+',
  },
  {
    raw: 'geo::Grid<double, 16>::operator<(geo::Grid<double, 16> const&) const',
    identity: 'geo::Grid<double, 16>::operator<',
    name: 'geo::Grid<double, 16>::operator<(geo::Grid<double, 16> const&) const',
    shortName: 'Grid::operator<',
  },
  {
    raw: 'geo::Grid<double, 16>::operator<<(double)',
    identity: 'geo::Grid<double, 16>::operator<<',
    name: 'geo::Grid<double, 16>::operator<<(double)',
    shortName: 'Grid::operator<<',
  },
  {
    raw: 'geo::Grid<double, 16>::operator->() const',
    identity: 'geo::Grid<double, 16>::operator->',
    name: 'geo::Grid<double, 16>::operator->() const',
    shortName: 'Grid::operator->',
  },
  {
    raw: 'geo::Grid<double, 16>::operator()(int) const',
    identity: 'geo::Grid<double, 16>::operator()',
    name: 'geo::Grid<double, 16>::operator()(int) const',
    shortName: 'Grid::operator()',
  },
  {
    raw: 'geo::Grid<double, 16>::operator std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >() const',
    identity: 'geo::Grid<double, 16>::operator std::string',
    name: 'geo::Grid<double, 16>::operator std::string() const',
    shortName: 'Grid::operator string',
  },
  {
    raw: 'geo::Node::operator new(unsigned long)',
    identity: 'geo::Node::operator new',
    name: 'geo::Node::operator new(unsigned long)',
    shortName: 'Node::operator new',
  },
  {
    raw: 'geo::Leaf::name[abi:cxx11]() const',
    identity: 'geo::Leaf::name',
    name: 'geo::Leaf::name() const',
    shortName: 'Leaf::name',
  },
  {
    raw: 'map<main()::<lambda(double)> >',
    identity: 'map<main::{lambda(double)}>',
    name: 'map<main::{lambda(double)}>',
    shortName: 'map',
  },
  {
    raw: 'operator()<long int>',
    identity: 'operator()<long>',
    name: 'operator()<long>',
    shortName: 'operator()',
  },
  {
    raw: 'function<make_adder(int)::<lambda(int)> >',
    identity: 'function<make_adder::{lambda(int)}>',
    name: 'function<make_adder::{lambda(int)}>',
    shortName: 'function',
  },
  {
    raw: 'std::function<int (int)>::operator()(int) const',
    identity: 'std::function<int(int)>::operator()',
    name: 'std::function<int(int)>::operator()(int) const',
    shortName: 'function::operator()',
  },
  {
    raw: 'make_unique<(anonymous namespace)::Hidden, char const (&)[2]>',
    identity: 'make_unique<{anonymous}::Hidden, char const (&)[2]>',
    name: 'make_unique<{anonymous}::Hidden, char const (&)[2]>',
    shortName: 'make_unique',
  },
  {
    raw: 'auto pack<int, double, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >(int, double, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >)',
    identity: 'pack<int, double, std::string>',
    name: 'auto pack<int, double, std::string>(int, double, std::string)',
    shortName: 'pack',
  },
  {
    raw: 'std::vector<int, std::allocator<int> >::push_back(int const&)',
    identity: 'std::vector<int>::push_back',
    name: 'std::vector<int>::push_back(int const&)',
    shortName: 'vector::push_back',
  },
  {
    raw: 'std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >::basic_string<std::allocator<char> >(unsigned long, char, std::allocator<char> const&)',
    identity: 'std::string::string<std::allocator<char>>',
    name: 'std::string::string<std::allocator<char>>(unsigned long, char, std::allocator<char> const&)',
    shortName: 'string::string',
  },
  {
    raw: 'std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >::append(std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const&)',
    identity: 'std::string::append',
    name: 'std::string::append(std::string const&)',
    shortName: 'string::append',
  },
  {
    raw: 'decltype (::new ((void*)(0)) std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const, std::vector<int, std::allocator<int> > >((declval<std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const, std::vector<int, std::allocator<int> > > const&>)())) std::construct_at<std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const, std::vector<int, std::allocator<int> > >, std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const, std::vector<int, std::allocator<int> > > const&>(std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const, std::vector<int, std::allocator<int> > >*, std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const, std::vector<int, std::allocator<int> > > const&)',
    identity:
      'std::construct_at<std::pair<std::string const, std::vector<int>>, std::pair<std::string const, std::vector<int>> const&>',
    name: 'decltype(::new((void*)(0)) std::pair<std::string const, std::vector<int>>((declval<std::pair<std::string const, std::vector<int>> const&>)())) std::construct_at<std::pair<std::string const, std::vector<int>>, std::pair<std::string const, std::vector<int>> const&>(std::pair<std::string const, std::v…',
    shortName: 'std::construct_at',
  },
  {
    raw: 'std::map<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >, std::vector<int, std::allocator<int> >, std::less<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, std::allocator<std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const, std::vector<int, std::allocator<int> > > > >::map(std::initializer_list<std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const, std::vector<int, std::allocator<int> > > >, std::less<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > > const&, std::allocator<std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const, std::vector<int, std::allocator<int> > > > const&)',
    identity: 'std::map<std::string, std::vector<int>>::map',
    name: 'std::map<std::string, std::vector<int>>::map(std::initializer_list<std::pair<std::string const, std::vector<int>>>, std::less<std::string> const&, std::allocator<std::pair<std::string const, std::vector<int>>> const&)',
    shortName: 'map::map',
  },
  {
    raw: 'std::__detail::_MakeUniq<double>::__single_object std::make_unique<double, double const&>(double const&)',
    identity: 'std::make_unique<double, double const&>',
    name: 'std::__detail::_MakeUniq<double>::__single_object std::make_unique<double, double const&>(double const&)',
    shortName: 'std::make_unique',
  },
  {
    raw: 'std::ostream& std::ostream::_M_insert<bool>(bool)',
    identity: 'std::ostream::_M_insert<bool>',
    name: 'std::ostream& std::ostream::_M_insert<bool>(bool)',
    shortName: 'ostream::_M_insert',
  },
  {
    raw: 'std::__shared_ptr<std::tuple<int, double, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, (__gnu_cxx::_Lock_policy)2>::__shared_ptr<std::allocator<void>, int&, double&, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >&>(std::_Sp_alloc_shared_tag<std::allocator<void> >, int&, double&, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >&)',
    identity:
      'std::__shared_ptr<std::tuple<int, double, std::string>>::__shared_ptr<std::allocator<void>, int&, double&, std::string&>',
    name: 'std::__shared_ptr<std::tuple<int, double, std::string>>::__shared_ptr<std::allocator<void>, int&, double&, std::string&>(std::_Sp_alloc_shared_tag<std::allocator<void>>, int&, double&, std::string&)',
    shortName: '__shared_ptr::__shared_ptr',
  },
  {
    raw: 'std::thread::thread<Functor, , void>(Functor&&)',
    identity: 'std::thread::thread<Functor, , void>',
    name: 'std::thread::thread<Functor, , void>(Functor&&)',
    shortName: 'thread::thread',
  },
  {
    raw: 'std::thread::thread<void (&)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > >, void>(void (&)(std::vector<int, std::allocator<int> >&), std::reference_wrapper<std::vector<int, std::allocator<int> > >&&)',
    identity:
      'std::thread::thread<void(&)(std::vector<int>&), std::reference_wrapper<std::vector<int>>, void>',
    name: 'std::thread::thread<void(&)(std::vector<int>&), std::reference_wrapper<std::vector<int>>, void>(void(&)(std::vector<int>&), std::reference_wrapper<std::vector<int>>&&)',
    shortName: 'thread::thread',
  },
  {
    raw: 'std::thread::_State_impl<std::thread::_Invoker<std::tuple<Functor> > >::_M_run()',
    identity: 'std::thread::_State_impl<std::thread::_Invoker<std::tuple<Functor>>>::_M_run',
    name: 'std::thread::_State_impl<std::thread::_Invoker<std::tuple<Functor>>>::_M_run()',
    shortName: '_State_impl::_M_run',
  },
  {
    raw: 'void std::thread::_Invoker<std::tuple<Functor> >::_M_invoke<0ul>(std::_Index_tuple<0ul>)',
    identity: 'std::thread::_Invoker<std::tuple<Functor>>::_M_invoke<0>',
    name: 'void std::thread::_Invoker<std::tuple<Functor>>::_M_invoke<0>(std::_Index_tuple<0>)',
    shortName: '_Invoker::_M_invoke',
  },
  { raw: '_M_invoke<0, 1>', identity: '_M_invoke<0, 1>', name: '_M_invoke<0, 1>', shortName: '_M_invoke' },
  {
    raw: 'visit<main()::<lambda(auto:49&&)>, std::variant<int, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >&>',
    identity: 'visit<main::{lambda(auto&&)}, std::variant<int, std::string>&>',
    name: 'visit<main::{lambda(auto&&)}, std::variant<int, std::string>&>',
    shortName: 'visit',
  },
  {
    raw: 'std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > std::operator+<char, std::char_traits<char>, std::allocator<char> >(std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const&, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >&&)',
    identity: 'std::operator+<char>',
    name: 'std::string std::operator+<char>(std::string const&, std::string&&)',
    shortName: 'std::operator+',
  },
];

/** work.cpp and clones.cpp by g++ 12 (-O2, no debug information): names of the symbol table. */
export const GCC_STRIPPED: readonly RealSymbol[] = [
  {
    raw: 'make_adder(int) [clone .cold]',
    identity: 'make_adder',
    name: 'make_adder(int)',
    shortName: 'make_adder',
  },
  { raw: 'build(int) [clone .constprop.0]', identity: 'build', name: 'build(int)', shortName: 'build' },
  {
    raw: '(anonymous namespace)::anonymous_make(int) [clone .constprop.0]',
    identity: '{anonymous}::anonymous_make',
    name: '{anonymous}::anonymous_make(int)',
    shortName: 'anonymous_make',
  },
  {
    raw: 'geo::Grid<double, 16>::operator()(int) const [clone .isra.0] [clone .cold]',
    identity: 'geo::Grid<double, 16>::operator()',
    name: 'geo::Grid<double, 16>::operator()(int) const',
    shortName: 'Grid::operator()',
  },
  {
    raw: 'auto geo::Grid<double, 16>::map<main::{lambda(double)#1}>(main::{lambda(double)#1}) const [clone .cold]',
    identity: 'geo::Grid<double, 16>::map<main::{lambda(double)}>',
    name: 'auto geo::Grid<double, 16>::map<main::{lambda(double)}>(main::{lambda(double)}) const',
    shortName: 'Grid::map',
  },
  {
    raw: 'long lit<5ul, (char)60, true>()',
    identity: 'lit<5, 60, true>',
    name: 'long lit<5, 60, true>()',
    shortName: 'lit',
  },
  {
    raw: 'int apply<Host::run(int) const::{lambda(int)#1}::operator()(int) const::{lambda(int)#1}>(Host::run(int) const::{lambda(int)#1}::operator()(int) const::{lambda(int)#1})',
    identity: 'apply<Host::run::{lambda(int)}::{lambda(int)}>',
    name: 'int apply<Host::run::{lambda(int)}::{lambda(int)}>(Host::run::{lambda(int)}::{lambda(int)})',
    shortName: 'apply',
  },
  {
    raw: 'units::operator"" _km(long double)',
    identity: 'units::operator""_km',
    name: 'units::operator""_km(long double)',
    shortName: 'units::operator""_km',
  },
  { raw: 'D::~D()', identity: 'D::~D', name: 'D::~D()', shortName: 'D::~D' },
  { raw: 'non-virtual thunk to D::g()', identity: 'D::g', name: 'D::g()', shortName: 'D::g' },
  {
    raw: 'Any::operator bool() const [clone .isra.0]',
    identity: 'Any::operator bool',
    name: 'Any::operator bool() const',
    shortName: 'Any::operator bool',
  },
  {
    raw: 'Any::operator[](int) const',
    identity: 'Any::operator[]',
    name: 'Any::operator[](int) const',
    shortName: 'Any::operator[]',
  },
  {
    raw: 'Any::operator!() const',
    identity: 'Any::operator!',
    name: 'Any::operator!() const',
    shortName: 'Any::operator!',
  },
  {
    raw: 'Any::operator,(int)',
    identity: 'Any::operator,',
    name: 'Any::operator,(int)',
    shortName: 'Any::operator,',
  },
  {
    raw: 'pick(int)::{lambda(int)#2}::operator()(int) const [clone .constprop.0]',
    identity: 'pick::{lambda(int)#2}',
    name: 'pick::{lambda(int)#2}(int) const',
    shortName: 'pick::{lambda#2}',
  },
  {
    raw: 'pick(int)::{lambda(int)#1}::_FUN(int)',
    identity: 'pick::{lambda(int)}::_FUN',
    name: 'pick::{lambda(int)}::_FUN(int)',
    shortName: 'pick::{lambda}::_FUN',
  },
  {
    raw: 'Host::run(int) const::{lambda(int)#1}::operator()(int) const',
    identity: 'Host::run::{lambda(int)}',
    name: 'Host::run::{lambda(int)}(int) const',
    shortName: 'Host::run::{lambda}',
  },
  {
    raw: '_GLOBAL__sub_I_c_function.cold',
    identity: '_GLOBAL__sub_I_c_function',
    name: '_GLOBAL__sub_I_c_function',
    shortName: '_GLOBAL__sub_I_c_function',
  },
  { raw: '_ZL5scaleii.constprop.0.cold', identity: 'scale', name: 'scale(int, int)', shortName: 'scale' },
  { raw: '_ZNK4Host3runEi', identity: 'Host::run', name: 'Host::run(int) const', shortName: 'Host::run' },
  {
    raw: '_Z3litILm5ELc60ELb1EElv',
    identity: 'lit<5, 60, true>',
    name: 'lit<5, 60, true>()',
    shortName: 'lit',
  },
  {
    raw: '_ZNKSt7__cxx1115basic_stringbufIcSt11char_traitsIcESaIcEE3strEv@@GLIBCXX_3.4.21',
    identity: 'std::stringbuf::str',
    name: 'std::stringbuf::str() const',
    shortName: 'stringbuf::str',
  },
];

/** work.cpp and clones.cpp by clang++ 14 (-O2 -g). */
export const CLANG: readonly RealSymbol[] = [
  {
    raw: 'main::$_7::operator()[abi:cxx11](int) const',
    identity: 'main::{lambda}',
    name: 'main::{lambda}(int) const',
    shortName: 'main::{lambda}',
  },
  {
    raw: 'std::thread::thread<main::$_6, , void>(main::$_6&&)',
    identity: 'std::thread::thread<main::{lambda}, , void>',
    name: 'std::thread::thread<main::{lambda}, , void>(main::{lambda}&&)',
    shortName: 'thread::thread',
  },
  {
    raw: '__cxx_global_var_init.1',
    identity: '__cxx_global_var_init',
    name: '__cxx_global_var_init',
    shortName: '__cxx_global_var_init',
  },
  {
    raw: '_GLOBAL__sub_I_work.cpp',
    identity: '_GLOBAL__sub_I_work.cpp',
    name: '_GLOBAL__sub_I_work.cpp',
    shortName: '_GLOBAL__sub_I_work.cpp',
  },
  {
    raw: 'std::__detail::_MakeUniq<(anonymous namespace)::Hidden>::__single_object std::make_unique<(anonymous namespace)::Hidden, char const (&) [2]>(char const (&) [2])',
    identity: 'std::make_unique<{anonymous}::Hidden, char const (&)[2]>',
    name: 'std::__detail::_MakeUniq<{anonymous}::Hidden>::__single_object std::make_unique<{anonymous}::Hidden, char const (&)[2]>(char const (&)[2])',
    shortName: 'std::make_unique',
  },
  {
    raw: '(anonymous namespace)::Hidden::Hidden(std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const&)',
    identity: '{anonymous}::Hidden::Hidden',
    name: '{anonymous}::Hidden::Hidden(std::string const&)',
    shortName: 'Hidden::Hidden',
  },
  {
    raw: 'decltype(auto) std::__do_visit<std::__detail::__variant::__deduce_visit_result<void>, main::$_5, std::variant<int, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >&>(main::$_5&&, std::variant<int, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >&)',
    identity:
      'std::__do_visit<std::__detail::__variant::__deduce_visit_result<void>, main::{lambda}, std::variant<int, std::string>&>',
    name: 'decltype(auto) std::__do_visit<std::__detail::__variant::__deduce_visit_result<void>, main::{lambda}, std::variant<int, std::string>&>(main::{lambda}&&, std::variant<int, std::string>&)',
    shortName: 'std::__do_visit',
  },
  {
    raw: 'auto geo::Grid<double, 16>::map<main::{lambda(double)#1}>(main::{lambda(double)#1}) const',
    identity: 'geo::Grid<double, 16>::map<main::{lambda(double)}>',
    name: 'auto geo::Grid<double, 16>::map<main::{lambda(double)}>(main::{lambda(double)}) const',
    shortName: 'Grid::map',
  },
  {
    raw: '_ZZ11two_lambdasvENK3$_1clIlEEDaT_',
    identity: 'two_lambdas::{lambda}<long>',
    name: 'two_lambdas::{lambda}<long>(long) const',
    shortName: 'two_lambdas::{lambda}',
  },
  {
    raw: '_ZZ4pickiENK3$_1clEi',
    identity: 'pick::{lambda}',
    name: 'pick::{lambda}(int) const',
    shortName: 'pick::{lambda}',
  },
  {
    raw: '_ZNSt3__16vectorIiNS_9allocatorIiEEE9push_backEOi',
    identity: 'std::vector<int>::push_back',
    name: 'std::vector<int>::push_back(int&&)',
    shortName: 'vector::push_back',
  },
  {
    raw: 'std::__1::basic_string<char, std::__1::char_traits<char>, std::__1::allocator<char> >::append(char const*, unsigned long)',
    identity: 'std::string::append',
    name: 'std::string::append(char const*, unsigned long)',
    shortName: 'string::append',
  },
  {
    raw: "main::'lambda'(int)::operator()(int) const",
    identity: 'main::{lambda(int)}',
    name: 'main::{lambda(int)}(int) const',
    shortName: 'main::{lambda}',
  },
  {
    raw: "main::'lambda0'(int)::operator()(int) const",
    identity: 'main::{lambda(int)#2}',
    name: 'main::{lambda(int)#2}(int) const',
    shortName: 'main::{lambda#2}',
  },
  {
    raw: 'void run<main::(lambda at /home/me/a.cpp:7:3)>(int)',
    identity: 'run<main::{lambda}>',
    name: 'void run<main::{lambda}>(int)',
    shortName: 'run',
  },
];

/** the C library, the loader, and what has no name. */
export const OTHERS: readonly RealSymbol[] = [
  { raw: '', identity: '??', name: '??', shortName: '??' },
  { raw: '0x7f72838a57b9', identity: '??', name: '??', shortName: '??' },
  {
    raw: '__libc_start_main@@GLIBC_2.34',
    identity: '__libc_start_main',
    name: '__libc_start_main',
    shortName: '__libc_start_main',
  },
  { raw: '__GI___strdup', identity: '__GI___strdup', name: '__GI___strdup', shortName: '__GI___strdup' },
  { raw: '_dl_init', identity: '_dl_init', name: '_dl_init', shortName: '_dl_init' },
  { raw: 'malloc', identity: 'malloc', name: 'malloc', shortName: 'malloc' },
  {
    raw: 'msort_with_tmp.part.0',
    identity: 'msort_with_tmp',
    name: 'msort_with_tmp',
    shortName: 'msort_with_tmp',
  },
  { raw: 'qsort_r@GLIBC_2.8', identity: 'qsort_r', name: 'qsort_r', shortName: 'qsort_r' },
  {
    raw: 'printf(char const*, ...)',
    identity: 'printf',
    name: 'printf(char const*, ...)',
    shortName: 'printf',
  },
];
