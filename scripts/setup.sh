#!/usr/bin/env bash
# Installs what is missing, says what it installs, and is quick when everything is there.
# usage: setup.sh build|test|bench
source "$(dirname "$0")/env.sh"
purpose=${1:-build}

# Debian packages: name and the command that proves it is there.
debian() {
  local missing=()
  while [ $# -gt 0 ]; do
    command -v "$2" >/dev/null 2>&1 || [ -x "$2" ] || missing+=("$1")
    shift 2
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "please install: ${missing[*]} (this script knows only Debian's apt-get)"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
    say "installing ${missing[*]} from Debian; sudo may ask for your password"
  else
    say "installing ${missing[*]} from Debian"
  fi
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# A tool from crates.io in the version that is meant. It is built quickly rather than optimised: it runs for seconds.
crate_tool() {
  local name=$1 version=$2 binary=$3; shift 3
  if "$binary" --version 2>/dev/null | grep -qF " $version"; then return; fi
  say "installing $name $version from crates.io (some minutes, once)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    CARGO_TARGET_DIR=$CACHE/tools-target RUSTFLAGS='' \
    cargo install --quiet --root "$CACHE/tools" "$name@$version" "$@"
}

# Packages from npm, when their lock file changed since the last time.
npm_packages() {
  local folder=$1 stamp
  stamp=$(sha256sum "$folder/package-lock.json" | cut -d' ' -f1)
  [ "$(cat "$folder/node_modules/.stamp" 2>/dev/null)" = "$stamp" ] && return
  say "installing the npm packages of $folder/"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
  echo "$stamp" > "$folder/node_modules/.stamp"
}

# A program from PyPI with all that it needs, in a folder of its own.
python_tool() {
  local folder=$1 requirements=$2
  [ -f "$folder/complete" ] && return
  python3 -c 'import ensurepip, venv' 2>/dev/null || debian python3-venv "$folder/none"
  say "installing $(basename "$folder") from PyPI"
  python3 -m venv --clear "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
  touch "$folder/complete"
}

command -v cargo >/dev/null || fail "Rust is missing: install it with rustup, https://rustup.rs"
command -v npm >/dev/null || fail "Node 20 or newer is missing: https://nodejs.org"

debian gcc gcc g++ g++ make make perl perl pkg-config pkg-config
if ! rustup target list --installed 2>/dev/null | grep -q wasm32-unknown-unknown; then
  say "adding Rust's wasm32-unknown-unknown target"
  rustup target add wasm32-unknown-unknown
fi
npm_packages style
# wasm-bindgen-cli without --locked: its lock file names a crate that crates.io no longer serves.
crate_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" wasm-bindgen
crate_tool cargo-leptos "$CARGO_LEPTOS_VERSION" cargo-leptos --locked --features no_downloads

if [ "$purpose" = test ]; then
  debian chromium chromium postgresql /usr/lib/postgresql/15/bin/postgres
  npm_packages end2end
  python_tool "$SCHEMATHESIS" end2end/requirements.txt
fi
if [ "$purpose" = bench ]; then
  debian wrk wrk
fi
