#!/usr/bin/env bash
# Builds the release: target/release/perilune with its hash.txt, and target/site beside it.
source "$(dirname "$0")/env.sh"
"$ROOT/scripts/setup.sh" build
# Two checkouts share the target directory; one of them builds at a time.
mkdir -p "$CARGO_TARGET_DIR" target/release
exec 9> "$CARGO_TARGET_DIR/.perilune-build.lock"
flock 9
say "building the release"
cargo leptos build --release --precompress --cargo-locked
for file in perilune hash.txt; do
  cmp -s "$CARGO_TARGET_DIR/release/$file" "target/release/$file" || install "$CARGO_TARGET_DIR/release/$file" "target/release/$file"
done
