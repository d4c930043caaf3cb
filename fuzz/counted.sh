#!/usr/bin/env bash
# Called by cargo in place of the compiler: what is fuzzed is compiled with counters in it, as cargo-fuzz does, without a sanitizer: those
# need a nightly compiler, these do not. Build scripts and macros are compiled for no target by name and stay as they are.
set -euo pipefail
counters=(-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table)
functions=(-Cllvm-args=-sanitizer-coverage-level=1)
branches=(-Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-trace-compares)
case " $* " in
# The names of glyphs are one function with thousands of branches.
*" --crate-name lopdf "*" --target "*) exec "$@" "${counters[@]}" "${functions[@]}" ;;
*" --target "*) exec "$@" "${counters[@]}" "${branches[@]}" ;;
*) exec "$@" ;;
esac
