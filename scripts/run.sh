#!/usr/bin/env bash
# Builds what changed and serves the demo organisation.
source "$(dirname "$0")/env.sh"
"$ROOT/scripts/build.sh"
say "serving the demo organisation; stop with Ctrl C"
exec target/release/perilune serve --config demo/app-config.yaml "$@"
