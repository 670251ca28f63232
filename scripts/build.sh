#!/usr/bin/env bash
# Builds the release: target/release/perilune, which carries its site; target/site is what it was made from.
source "$(dirname "$0")/env.sh"
"$ROOT/scripts/setup.sh" build
# Two checkouts share the target directory; one of them builds at a time.
mkdir -p "$CARGO_TARGET_DIR" target/release
exec 9> "$CARGO_TARGET_DIR/.perilune-build.lock"
flock 9
say "building the release"
cargo leptos build --release --precompress --cargo-locked --frontend-only
# What is carried. It is only touched when it has changed, or the server would be built again each time.
carried=target/carried
rm -rf "$carried.new"
cp -r target/site "$carried.new"
find "$carried.new" -name '*.ts' -o -name '*.ts.*' | xargs -r rm
cp "$CARGO_TARGET_DIR/release/hash.txt" "$carried.new/hash.txt"
if diff -rq "$carried.new" "$carried" >/dev/null 2>&1; then rm -rf "$carried.new"; else rm -rf "$carried"; mv "$carried.new" "$carried"; fi
PERILUNE_SITE=$ROOT/$carried cargo leptos build --release --cargo-locked --server-only --bin-features embed-site
cmp -s "$CARGO_TARGET_DIR/release/perilune" target/release/perilune || install "$CARGO_TARGET_DIR/release/perilune" target/release/perilune
carries=$(find "$carried" -type f \( -name '*.br' -o -name '*.gz' -o -name '*.woff2' \) -printf '%s\n' | awk '{ sum += $1 } END { printf "%.1f", sum / 1e6 }')
say "target/release/perilune: $(stat -c %s target/release/perilune | awk '{ printf "%.1f", $1 / 1e6 }') MB, $carries of them the site"
