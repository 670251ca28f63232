#!/usr/bin/env bash
# Prints figures; nothing in it can fail for being slow.
source "$(dirname "$0")/env.sh"
"$ROOT/scripts/setup.sh" build
say "the catalog's index: filling it, memory, one change, and the questions of a catalog page"
cargo bench --locked --quiet -p model --bench catalog_index
