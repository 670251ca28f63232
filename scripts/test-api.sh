#!/usr/bin/env bash
# Asks the interface for programs whatever its description allows, and what it does not: no answer may be a fault of ours
# or other than described. usage: test-api.sh CASES (of each operation)
source "$(dirname "$0")/env.sh"
cases=${1:-25}
# The same cases each time, unless many are asked for.
repeat=(--generation-deterministic)
[ -z "${PERILUNE_PROVE:-}" ] || repeat=(--generation-database none)
folder=$(mktemp -d)
cat > "$folder/programs.yaml" <<'YAML'
backend:
  auth:
    externalAccess:
      - type: static
        options: { token: only-for-this-test, subject: tests }
YAML
coproc PORTAL { exec target/release/perilune serve --config demo/app-config.yaml --config "$folder/programs.yaml" \
  --listen 127.0.0.1:0 --database "sqlite:$folder/portal.db" 2> "$folder/log"; }
portal=$PORTAL_PID
trap 'kill "$portal" 2>/dev/null; wait "$portal" 2>/dev/null || true; rm -rf "$folder"' EXIT
address=
while [ -z "$address" ] && read -r line <&"${PORTAL[0]}"; do
  if [[ $line =~ at\ (http://[^ ]+) ]]; then address=${BASH_REMATCH[1]}; fi
done
[ -n "$address" ] || { cat "$folder/log"; fail "the portal did not start"; }
cd "$folder"  # where it leaves its notes
"$SCHEMATHESIS/bin/schemathesis" run "$address/api/catalog/openapi.json" --origin "$address" \
  --header "Authorization: Bearer only-for-this-test" --max-examples "$cases" "${repeat[@]}" \
  --phases examples,coverage,fuzzing,stateful --continue-on-failure --warnings off --no-color \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
