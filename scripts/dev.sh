#!/usr/bin/env bash
# The edit loop: rebuilds what changed and reloads the open page.
source "$(dirname "$0")/env.sh"
"$ROOT/scripts/setup.sh" build
# Names with hashes are given by the first build alone: after an edit the page would still load what was built before.
export LEPTOS_HASH_FILES=false
rm -f "$CARGO_TARGET_DIR/debug/hash.txt"
exec cargo leptos watch -- serve --config demo/app-config.yaml
