#!/usr/bin/env bash
# Fuzzes the reading of inputs, guided by what of the code is reached, with the stable toolchain and a compiler for C++.
#
#   fuzz/run.sh NAME SEEDS [SECONDS]
#
# NAME is what the bytes are called (a.html, a.pdf, a.warc …), SEEDS a folder with inputs of that kind. What is found stays
# in fuzz/artifacts/NAME/, what reaches more in fuzz/corpus/NAME/. Ends after SECONDS (600), or with what it finds.
set -euo pipefail
name=$1 seeds=$(realpath "$2") seconds=${3:-600}
cd "$(dirname "$0")"

host=$(rustc -vV | sed -n 's/^host: //p')
RUSTC_WRAPPER=$PWD/counted.sh cargo build --quiet --release --target "$host"

mkdir -p "corpus/$name" "artifacts/$name"
RAPPORTEUR_FUZZ_NAME=$name "${CARGO_TARGET_DIR:-target}/$host/release/input" "corpus/$name" "$seeds" \
  -artifact_prefix="artifacts/$name/" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1
