#!/usr/bin/env bash
# Checks the HTTP API of a built binary over a case with clients of others:
#
#   scripts/check_api.sh BINARY CASE
#
# One worker: with two, the parser of CPython 3.11 that schemathesis uses fails now and then.
# The description with openapi-spec-validator, the server against it with schemathesis (both from PyPI, named in PYTHON's
# environment), every answer against the command's, and 10,000 malformed requests. Nothing leaves this machine.
set -euo pipefail
binary=$(realpath "$1") case=$(realpath "$2")
scripts=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
examples=${EXAMPLES:-200}
work=$(mktemp -d)
server=
# Ends the server that it started and no other.
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

"$python" -m openapi_spec_validator "$scripts/../crates/rapporteur-web/assets/openapi.json"

RAPPORTEUR_AUTHOR=check "$binary" serve "$case" --port 0 2>"$work/log" &
server=$!
for _ in $(seq 100); do
    address=$(sed -n 's|.* at http://\([^/]*\)/.*|\1|p' "$work/log")
    [ -n "$address" ] && break
    sleep 0.1
done
base="http://$address/api/v1"

# The same bytes as the command.
same() {
    local path=$1
    shift
    "$binary" "$@" --json >"$work/command" || [ $? -eq 1 ]
    curl -sSf "$base/$path" >"$work/answer"
    cmp "$work/command" "$work/answer" && echo "same as the command: $path"
}
same brief brief "$case"
same actors who "$case"
same 'actors?who=karsk&kind=state&limit=3&offset=1' who "$case" karsk --kind state --limit 3 --offset 1
same 'positions?limit=1000' positions "$case" --limit 1000
same 'positions?who=karsk&issue=strait' positions "$case" --party karsk --issue strait
same timeline timeline "$case"
same 'timeline?from=2031-03&to=2031-04-02&kind=happening' timeline "$case" --from 2031-03 --to 2031-04-02 --kind happening
same tensions tensions "$case"
same 'tensions?kind=number' tensions "$case" --kind number
same 'search?q=class:demand' search "$case" class:demand
same 'search?q=%22the+talks%22&limit=3' search "$case" '"the talks"' --limit 3
same articles sources "$case"
same changes changes "$case"
same 'changes?since=0' changes "$case" --since 0
same runs runs "$case"
same corrections correct "$case" list
item=$("$binary" search "$case" class:demand --json | "$python" -c 'import json,sys; print(json.load(sys.stdin)["answer"]["utterances"]["items"][0]["id"])')
same "items/$item" show "$case" "$item"

# It keeps what it has found where it runs.
cd "$work"
"$python" -m schemathesis.cli --config-file "$scripts/schemathesis.toml" run "$base/openapi.json" \
    --checks all --suppress-health-check filter_too_much --max-examples "$examples" --seed 1 --workers 1 --request-timeout 60

"$python" "$scripts/malformed_requests.py" "$address" --pid "$server" --requests "${REQUESTS:-10000}"
