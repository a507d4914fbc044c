#!/usr/bin/env bash
# Makes a migration for both databases, or checks that none is missing.
#   src/migrate.sh add NAME      src/migrate.sh check
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
case "${1:-}" in
  add)
    [ -n "${2:-}" ] || { echo "usage: src/migrate.sh add NAME" >&2; exit 2; }
    for provider in Sqlite Postgres; do
      dotnet ef migrations add "$2" --project "src/WaConsole.Migrations.$provider"
    done ;;
  check)
    for provider in Sqlite Postgres; do
      dotnet ef migrations has-pending-model-changes --configuration Release --project "src/WaConsole.Migrations.$provider"
    done ;;
  *) echo "usage: src/migrate.sh add NAME | check" >&2; exit 2 ;;
esac
