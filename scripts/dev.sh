#!/usr/bin/env bash
# The edit loop: rebuilds what changed and reloads the open page.
source "$(dirname "$0")/env.sh"
"$ROOT/scripts/setup.sh" build
exec cargo leptos watch -- serve --config demo/app-config.yaml
