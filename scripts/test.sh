#!/usr/bin/env bash
# Everything that has to hold: formatting, lints, unit, store and browser tests.
source "$(dirname "$0")/env.sh"
"$ROOT/scripts/setup.sh" test

members=(-p model -p app -p db -p identity -p integrations -p catalog -p server)
say "formatting"
cargo fmt --all --check
say "lints"
cargo clippy --locked --quiet "${members[@]}" --features app/ssr -- -D warnings
# Tests may unwrap: a panic is how they fail.
cargo clippy --locked --quiet "${members[@]}" --features app/ssr --all-targets -- -D warnings \
  -A clippy::unwrap_used -A clippy::expect_used -A clippy::indexing_slicing -A clippy::panic
cargo clippy --locked --quiet -p frontend --target wasm32-unknown-unknown \
  --target-dir "$CARGO_TARGET_DIR/front" -- -D warnings
say "unit and store tests, on SQLite and PostgreSQL"
scripts/with-postgres.sh cargo test --locked --quiet "${members[@]}" --features app/ssr
say "the demo organisation"
node demo/generator/check.mjs
"$ROOT/scripts/build.sh"
say "the size of the bundle"
node scripts/bundle-size.mjs target/site/pkg
say "the interface for programs, by its description"
scripts/test-api.sh "$([ -n "${PERILUNE_PROVE:-}" ] && echo 1000 || echo 25)"
say "browser tests"
(cd end2end && npx playwright test)
