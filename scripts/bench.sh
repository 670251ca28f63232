#!/usr/bin/env bash
# Prints figures; nothing in it can fail for being slow.
source "$(dirname "$0")/env.sh"
"$ROOT/scripts/setup.sh" build
say "a catalog of any size: loading it, memory, one change, and the questions of a page"
cargo bench --locked --quiet -p catalog --bench catalog
