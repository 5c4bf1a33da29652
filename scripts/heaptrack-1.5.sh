#!/usr/bin/env bash
# Runs the demo, the corpus and most end-to-end tests under heaptrack 1.5, the version that GitHub's runners install: in
# a Debian 13 of its own, which is made once and kept in the user's cache folder. With arguments: those tests alone.
# Exit status: 0 all passed, 1 a test failed, 2 it cannot run here, and why is said.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)

# What the tests run for real.
packages=heaptrack,g++,git,make,perl,python3,zstd
cache=${XDG_CACHE_HOME:-$HOME/.cache}/memtrack
system=$cache/debian-13-$(cksum <<<"$packages" | cut -d ' ' -f 1)

fail() {
  printf 'The tests under heaptrack 1.5 did not run: %s\n' "$1" >&2
  exit 2
}

# Mounts and processes are those of a namespace of their own: however this ends, the kernel takes them away.
apart() {
  unshare --mount --pid --fork --kill-child "$@"
}

make_system() {
  if ! command -v debootstrap >/dev/null; then
    echo 'Installing debootstrap …'
    { apt-get update && apt-get install --yes --no-install-recommends debootstrap debian-archive-keyring; } >/dev/null ||
      fail 'debootstrap is missing, and apt-get could not install it. Install debootstrap and debian-archive-keyring.'
  fi
  rm -rf "$cache"/debian-13-*
  mkdir -p "$cache"
  echo "Making a Debian 13 in $system (a minute, 800 MB, once) …"
  apart debootstrap --variant=minbase --include="$packages" trixie "$system.incomplete" \
    >"$cache/debootstrap.log" 2>&1 ||
    fail "debootstrap failed; is a mirror of Debian within reach? Its last lines, of $cache/debootstrap.log:
$(tail -n 5 "$cache/debootstrap.log")"
  mv "$system.incomplete" "$system"
}

copy_project() {
  rm -rf "$system/project" "$system/tmp" # An earlier run may have been ended.
  mkdir -m 1777 "$system/tmp"
  mkdir "$system/project"
  tar --directory "$project" --exclude=./.git --exclude='./node_modules/.vite*' --create . |
    tar --directory "$system/project" --extract --no-same-owner
  cp "$(node --print process.execPath)" "$system/usr/local/bin/node"
}

[[ $(uname -m) == x86_64 ]] || fail "heaptrack's names are compared on x86_64, this is $(uname -m)."
if [[ $(id -u) != 0 ]]; then
  sudo -n true 2>/dev/null ||
    fail 'a system in a folder needs root (chroot, mount), and sudo is missing or asks for a password. Run `sudo -v` first.'
  exec sudo -n env PATH="$PATH" HOME="$HOME" XDG_CACHE_HOME="${XDG_CACHE_HOME:-}" TEST_SUMMARY="${TEST_SUMMARY:-}" \
    "$0" "$@"
fi
apart true 2>/dev/null || fail 'this container may not make namespaces. Start it with --cap-add SYS_ADMIN.'
[[ $(node --print 'parseInt(process.versions.node)') -ge 24 ]] ||
  fail "the tests need Node 24, this is $(node --version). Start it as npm run test:heaptrack-1.5, after npm ci."

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
[[ -d $system ]] || make_system
copy_project

# The shell stays, as the namespace's first process it takes in what tests leave behind.
run_tests='
  heaptrack --version && heaptrack_print --version || exit
  if [ $# = 0 ]; then
    node dist/cli.js demo --out /tmp/demo || exit
    # Of the whole-action tests those that depend on the system: on heaptrack, compilers, git and tar.
    whole=test/end-to-end
    set -- test/corpus $whole/action $whole/baseline-cache $whole/checks $whole/command-line \
      $whole/hostile-programs $whole/several-runs
  fi
  node node_modules/vitest/vitest.mjs run "$@"
  exit $?
'
status=0
# Without /proc, heaptrack loses the program's name and every symbol.
apart --mount-proc="$system/proc" chroot "$system" \
  /usr/bin/env --ignore-environment --chdir=/project HOME=/root LANG=C.UTF-8 USER=root \
  PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin TEST_TOOLS=recording ${TEST_SUMMARY:+TEST_SUMMARY=/tmp/summary.json} \
  sh -c "$run_tests" sh "$@" || status=1
if [[ -n ${TEST_SUMMARY:-} ]]; then cp "$system/tmp/summary.json" "$TEST_SUMMARY"; fi
rm -rf "$system/project" "$system/tmp"
exit $status
