#!/usr/bin/env bash
# Runs a command with a throwaway PostgreSQL server:
#   scripts/with-postgres.sh cargo test -p identity
# The server's address is in PERILUNE_TEST_POSTGRES. It listens on loopback only, runs as the
# user `postgres` when started by root, and is gone afterwards, also after a failure or Ctrl-C.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: $0 command [argument…]" >&2; exit 2; }

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
if [ -z "$bin" ]; then
  initdb=$(command -v initdb || true)
  [ -n "$initdb" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
  bin=$(dirname "$initdb")
fi

# PostgreSQL refuses to run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

dir=$(mktemp -d "${TMPDIR:-/tmp}/perilune-postgres.XXXXXX")
command_pid=
cleanup() {
  trap - EXIT INT TERM HUP
  if [ -n "$command_pid" ]; then kill -TERM -- "-$command_pid" 2>/dev/null || true; fi
  if [ -f "$dir/data/postmaster.pid" ]; then
    as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
  fi
  rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$dir/password"
[ "$(id -u)" != 0 ] || chown -R postgres "$dir"
cd "$dir"
as_owner "$bin/initdb" -D "$dir/data" -U perilune --pwfile="$dir/password" \
  --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 ||
  { cat "$dir/initdb.log" >&2; exit 1; }

# A throwaway server need not survive a power cut.
options="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c max_connections=200"
options="$options -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
  if as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w \
    -o "$options -c port=$port" start >/dev/null 2>&1; then
    break
  fi
  if [ "$attempt" = 10 ]; then cat "$dir/server.log" >&2; exit 1; fi
done
cd "$OLDPWD"

export PERILUNE_TEST_POSTGRES="postgres://perilune:$password@127.0.0.1:$port/postgres"
# In a process group of its own, so that an interrupt reaches everything that it started.
set -m
"$@" <&0 &
command_pid=$!
set +m
status=0
wait "$command_pid" || status=$?
command_pid=
exit "$status"
