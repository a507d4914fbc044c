#!/usr/bin/env bash
# Makes a migration for both databases, or checks that none is missing.
#   src/migrate.sh add NAME      src/migrate.sh check
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null

# Beside each migration EF writes the whole model as it is after it, which a start on a new database compiles and builds. Only SQLite asks for it,
# where it rebuilds a table: it stays where the statements differ without it.
leave_model_out() { # provider, name
  local project=src/WaConsole.Migrations.$1 designer migration id previous kept
  designer=$(ls "$project"/Migrations/*_"$2".Designer.cs)
  migration=${designer%.Designer.cs}.cs
  id=$(basename "$migration" .cs)
  previous=$(sed -n 's/.*\[Migration("\(.*\)")\].*/\1/p' "$project"/Migrations/*.cs | sort -u | tail -n 2 | head -n 1)
  kept=$(mktemp -d)
  statements() { dotnet ef migrations script "$previous" "$id" --project "$project" --output "$kept/$1.sql" >"$kept/$1.log" 2>&1; }
  statements with || { cat "$kept/with.log" >&2; exit 1; }
  cp "$designer" "$migration" "$kept"
  rm "$designer"
  sed -i -e "s/^    public partial class /    [DbContext(typeof(WaConsoleDb))]\n    [Migration(\"$id\")]\n&/" -e '0,/inheritdoc/{/inheritdoc/d}' \
    -e 's/using Microsoft.EntityFrameworkCore.Migrations;/using Microsoft.EntityFrameworkCore.Infrastructure;\n&\nusing WaConsole.Core.Storage;/' "$migration"
  if ! statements without || ! cmp -s "$kept/with.sql" "$kept/without.sql"; then
    cp "$kept"/*.cs "$project/Migrations"
    echo "$id of $1 keeps its model. Its statements without it:"
    diff "$kept/with.sql" "$kept/without.sql" || tail -n 3 "$kept/without.log"
  fi
  rm -r "$kept"
}

case "${1:-}" in
  add)
    [ -n "${2:-}" ] || { echo "usage: src/migrate.sh add NAME" >&2; exit 2; }
    for provider in Sqlite Postgres; do
      dotnet ef migrations add "$2" --project "src/WaConsole.Migrations.$provider"
      leave_model_out "$provider" "$2"
    done ;;
  check)
    for provider in Sqlite Postgres; do
      dotnet ef migrations has-pending-model-changes --configuration Release --project "src/WaConsole.Migrations.$provider"
    done ;;
  *) echo "usage: src/migrate.sh add NAME | check" >&2; exit 2 ;;
esac
