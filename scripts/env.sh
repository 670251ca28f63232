# Sourced by every script: where things are built and which tools are meant.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${PERILUNE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/perilune}
# Outside the checkout, so that a second clone finds the dependencies compiled.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}
export PATH="$ROOT/style/node_modules/.bin:$CACHE/tools/bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
cd "$ROOT"

CARGO_LEPTOS_VERSION=0.3.10
WASM_BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ {getline; gsub(/[^0-9.]/, ""); print; exit}' Cargo.lock)

SCHEMATHESIS=$CACHE/tools/schemathesis-$(sed -n 's/^schemathesis==//p' end2end/requirements.txt)

say() { printf '\033[1m▸ %s\033[0m\n' "$*"; }
fail() { printf '\033[31m✗ %s\033[0m\n' "$*" >&2; exit 1; }
