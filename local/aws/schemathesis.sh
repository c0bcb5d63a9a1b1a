#!/usr/bin/env bash
#
# What:  schemathesis reads openapi.yaml and sends the running stack requests of its own making, right and wrong ones;
#        fails if an answer is a server's error, is not as described, or takes what is wrong.
# When:  before a release, and after changes of openapi.yaml or of how requests are read. Takes four minutes.
# Why:   our own tests know what we thought of.
#
# Use:   local/aws/schemathesis.sh http://localhost:8080 [more options of schemathesis]
#        on a stack that may be filled with rubbish: it has the demonstration firm's owner do it all.
#
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly folder=target/schemathesis
readonly base=${1:?the address of a running stack}
shift

. local/aws/tools.sh
tools schemathesis requirements-schemathesis.txt

token=$(curl -sS -X POST "$base/_local/token" -H 'content-type: application/json' -d '{"user": "priya"}' |
  python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])')

# Ids of the firm, so that more than "not found" is answered.
id() {
  curl -sS "$base$1" -H "authorization: Bearer $token" |
    python3 -c "import json, sys; found = json.load(sys.stdin)['$2']; print(found[-1]['$3'] if found else 'none')"
}
cat > "$folder/schemathesis.toml" <<TOML
hooks = "local/aws/schemathesis_hooks.py"
[phases.coverage]
unexpected-methods = []
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428", "429"]
[parameters]
"path.customerId" = "$(id /customers customers customerId)"
"path.serviceId" = "$(id /services services serviceId)"
"path.timeEntryId" = "$(id '/time-entries?state=unbilled' timeEntries timeEntryId)"
"path.invoiceId" = "$(id '/invoices?state=draft' invoices invoiceId)"
"path.timerId" = "$(id /timers timers timerId)"
"path.staffId" = "$(id /staff staff staffId)"
TOML

PYTHONPATH=. "$folder/bin/schemathesis" --config-file "$folder/schemathesis.toml" \
  run functions/src/main/resources/openapi.yaml --url "$base" \
  -H "Authorization: Bearer $token" \
  -c not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,negative_data_rejection,ignored_auth \
  --phases examples,coverage,fuzzing,stateful -n 60 --seed 1 --generation-database none --continue-on-failure "$@"
