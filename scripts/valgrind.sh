#!/usr/bin/env bash
# Runs what there is of `unsafe` under valgrind's memcheck: the tests of the layers of rapporteur-text, and, where
# RAPPORTEUR_MODEL names the language model, the annotation of the example coverage by the whole program.
#
#   scripts/valgrind.sh
#
# Valgrind offers the program no AVX-512, whatever the machine has: the AVX2 kernels and the plain ones run. Exit code 1
# where memcheck finds a bad read or write, a value that was never set, or memory that is lost for good.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v valgrind >/dev/null || { echo "error: valgrind is not installed" >&2; exit 2; }
memcheck="valgrind --quiet --error-exitcode=1 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite"

echo "== $(valgrind --version); instructions of the machine: $(grep -o -w -m1 -e 'avx512f' /proc/cpuinfo || true) $(grep -o -w -m1 -e 'avx2' /proc/cpuinfo || true)"
host=$(rustc -vV | sed -n 's/^host: //p' | tr 'a-z-' 'A-Z_')
export "CARGO_TARGET_${host}_RUNNER=$memcheck"

echo "== tests of the layers"
# One thread: memcheck runs one at a time.
cargo test --quiet --package rapporteur-text --lib -- --test-threads=1 --nocapture layers

if [ -n "${RAPPORTEUR_MODEL:-}" ]; then
  echo "== the example coverage, annotated"
  cargo build --quiet --workspace --lib --bin rapporteur
  binary=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug/rapporteur
  work=$(mktemp -d)
  trap 'rm -r "$work"' EXIT
  # The program has an allocator of its own, which memcheck would mistake for that of the system.
  # shellcheck disable=SC2086 # The words of the command are apart.
  $memcheck --soname-synonyms=somalloc=nouserintercepts "$binary" parse examples/coverage --threads 1 >"$work/under-valgrind"
  "$binary" parse examples/coverage --threads 1 >"$work/alone"
  cmp "$work/under-valgrind" "$work/alone" || { echo "error: the annotation is another" >&2; exit 1; }
  echo "$(wc -l <"$work/alone") lines of annotation, the same as without valgrind"
else
  echo "skipped: the example coverage (no RAPPORTEUR_MODEL)"
fi
echo "== memcheck found nothing"
