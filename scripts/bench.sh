#!/usr/bin/env bash
# Prints figures; nothing in it can fail for being slow.
source "$(dirname "$0")/env.sh"
"$ROOT/scripts/setup.sh" bench
say "a catalog of any size: loading it, memory, one change, and the questions of a page"
cargo bench --locked --quiet -p catalog --bench catalog
"$ROOT/scripts/build.sh"
say "the release over HTTP, beside a server that does nothing"
bench=$(cargo bench --locked --quiet -p catalog --bench catalog --no-run --message-format=json \
  | sed -n 's/.*"name":"catalog".*"executable":"\([^"]*\)".*/\1/p')
node scripts/bench-http.mjs "$bench"
