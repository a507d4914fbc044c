#!/usr/bin/env bash
# Runs every test on a machine with nothing but the .NET SDK: installs what is missing, starts throw-away servers,
# tests, stops what it started. The last line is "N passed, N failed, N skipped".
#   tests/run.sh             everything
#   tests/run.sh --long      with the long forms of the slow tests
#   tests/run.sh NAME …      only these projects, such as Core.Tests or EndToEnd
#   tests/run.sh --pictures  draws docs/images anew
set -euo pipefail
cd "$(dirname "$0")/.."

pictures=
only=()
for word in "$@"; do
  case "$word" in
    --long) export WACONSOLE_TEST_LONG=1 ;;
    --pictures) pictures=1 ;;
    -*) echo "unknown option $word" >&2; exit 2 ;;
    *) only+=("$word") ;;
  esac
done

say() { printf '\n== %s\n' "$*"; }

# --- what is missing -------------------------------------------------------------------------------------------------
postgres_bin() { # folder of initdb and pg_ctl; Debian keeps them off the PATH
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) $(dirname "$(command -v initdb 2>/dev/null || echo /)"); do
    [ -x "$folder/initdb" ] && { echo "$folder"; return; }
  done
}
# The headless shell is Chromium without a window to draw: half the processor for the same pages.
browser() { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome || true; }

missing=()
[ -n "$(browser)" ] || missing+=(chromium-headless-shell)
[ -n "$(postgres_bin)" ] || missing+=(postgresql)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v ffmpeg >/dev/null || missing+=(ffmpeg)
command -v strace >/dev/null || missing+=(strace)
if command -v dpkg >/dev/null; then
  for font in fonts-noto-core fonts-noto-color-emoji; do
    dpkg -s "$font" >/dev/null 2>&1 || missing+=("$font")
  done
fi
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "These are needed and missing: ${missing[*]}" >&2
    echo "On Debian or Ubuntu: sudo apt-get install ${missing[*]}   (elsewhere: your system's packages of the same names)" >&2
    exit 1
  fi
fi

# --- throw-away servers ----------------------------------------------------------------------------------------------
work=$(mktemp -d)
chmod 755 "$work"
# In memory where there is enough of it: every test has a database of its own, and to copy one costs 20 ms there and 320 on a disk.
quick=$work
if [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" -gt 3000000 ] 2>/dev/null; then
  quick=$(mktemp -d -p /dev/shm)
  printf '#!/bin/sh\n' >"$quick/may-run" && chmod 755 "$quick" "$quick/may-run"
  "$quick/may-run" 2>/dev/null || { rm -rf "$quick"; quick=$work; }
fi
as_owner() { bash -c "$1"; }
if [ "$(id -u)" = 0 ]; then
  as_owner() { su postgres -s /bin/bash -c "$1"; }   # initdb refuses to run as root
fi
stop_servers() {
  [ -f "$quick/pg/data/postmaster.pid" ] && as_owner "$(postgres_bin)/pg_ctl -D $quick/pg/data -m immediate stop" >/dev/null 2>&1 || true
  [ -f "$work/redis.pid" ] && kill "$(cat "$work/redis.pid")" 2>/dev/null || true
  rm -rf "$work" "$quick"
}
trap stop_servers EXIT
free_port() {
  local port
  while port=$((20000 + RANDOM % 20000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

say "Starting PostgreSQL and Redis"
pg_port=$(free_port)
mkdir -p "$quick/pg"
[ "$(id -u)" = 0 ] && chown postgres "$quick/pg"
as_owner "$(postgres_bin)/initdb -D $quick/pg/data -A trust -U postgres -E UTF8 --locale=C.UTF-8" >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log"; exit 1; }
# No autovacuum: statistics taken in the background hold rows that were replaced visible, and plans are asserted by the rows they read.
as_owner "$(postgres_bin)/pg_ctl -D $quick/pg/data -l $quick/pg/log -w \
  -o '-p $pg_port -k $quick/pg -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c autovacuum=off -c jit=off -c max_connections=300' start" >/dev/null \
  || { cat "$quick/pg/log"; exit 1; }
export WACONSOLE_TEST_POSTGRES="Host=127.0.0.1;Port=$pg_port;Username=postgres;Database=postgres"
export WACONSOLE_TEST_POSTGRES_BIN="$(postgres_bin)"

redis_port=$(free_port)
redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no --daemonize yes --pidfile "$work/redis.pid" --dir "$work" >/dev/null
export WACONSOLE_TEST_REDIS="127.0.0.1:$redis_port"
export WACONSOLE_TEST_BROWSER="$(browser)"

# --- build once ------------------------------------------------------------------------------------------------------
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# The compiler, too, is done before code that counts its own steps pays: a fifth of the build.
export DOTNET_TieredPGO=0
# One compiler for all projects, warm after the first: half of the build, also where the environment says otherwise. It would outlive the build.
export UseSharedCompilation=true
say "Building"
dotnet restore WaConsole.sln -v quiet
# The analyzers take as long as the compiler: .ci/run asks them, and every build by hand.
dotnet build WaConsole.sln -c Release --no-restore -v quiet -nologo -clp:ErrorsOnly -p:RunAnalyzers=false
dotnet build-server shutdown --vbcscompiler >/dev/null
say "Publishing the console and the simulator for the browser tests"
dotnet publish src/WaConsole.Web -c Release --no-build -v quiet -nologo -o "$work/console"
dotnet publish src/WaConsole.Simulator -c Release --no-build -v quiet -nologo -o "$work/simulator"
export WACONSOLE_TEST_CONSOLE="$work/console" WACONSOLE_TEST_SIMULATOR="$work/simulator"

if [ -n "$pictures" ]; then
  export WACONSOLE_TEST_PICTURES="$PWD/docs/images"
  only=(EndToEnd)
fi

# --- test ------------------------------------------------------------------------------------------------------------
filter=(--filter-not-trait Category=pictures --filter-not-trait Category=by-hand)
[ -z "$pictures" ] || filter=(--filter-trait Category=pictures)
mkdir -p "$quick/tmp"
export TMPDIR="$quick/tmp"
# Mapping each page of compiled code twice is a guard of running programs, and a tenth of the processor of short ones.
export DOTNET_EnableWriteXorExecute=0
passed=0 failed=0 skipped=0 broken=0 failures=
wanted() { [ ${#only[@]} = 0 ] || [[ " ${only[*]} " == *" $1 "* ]]; }
run() { # log, project, filters: to the end, with its exit code beside the log
  local log=$1 project=$2 code=0
  shift 2
  ${lowly:-} "tests/WaConsole.$project/bin/Release/net10.0/WaConsole.$project" "${filter[@]}" "$@" --progress off --no-ansi >"$log" 2>&1 || code=$?
  echo "$code" >"$log.code"
}
count() { # log, project
  local log=$1 code ran p f s
  code=$(cat "$log.code")
  say "WaConsole.$2"
  grep -v '^xUnit\|^$' "$log" | tail -n 400
  failures+=$(awk '/^failed / { left = 9 } left > 0 { print substr($0, 1, 300); left-- }' "$log")$'\n'
  number() { grep -E "^ +$1: [0-9]+" "$log" | tail -n 1 | grep -oE '[0-9]+' | head -n 1 || true; }
  ran=$(number total)
  p=$(number succeeded) f=$(number failed) s=$(number skipped)
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
  if [ -z "$ran" ] || { [ "$code" != 0 ] && [ "${f:-0}" = 0 ]; }; then
    echo "WaConsole.$2 ended with exit code $code and no result" >&2
    broken=$((broken + 1))
  fi
}

# Side by side, and twice as many at a time as there are cores, because the tests of Core wait for their databases and for the pace of numbers.
# What is compiled better after thirty calls is so at once, not after a tenth of a second in which nothing new was met: for minutes there is none.
export DOTNET_TC_CallCountingDelayMs=0
# Short suites end before better code pays unless it is called hundreds of times: a fifth less processor for Web.Tests. Core.Tests runs long enough.
beside=(Web.Tests CloudApi.Tests Simulator.Tests Contract.Tests)
if wanted Core.Tests; then run "$work/Core.Tests.log" Core.Tests --max-threads 2x & fi
# A minute by the clock, from what the others leave of the processor.
if wanted CloudApi.Tests; then lowly='nice -n 10' run "$work/Fuzz.log" CloudApi.Tests --filter-class '*.FuzzTests' & fi
# Of the browser tests those that mostly wait: for a disk, a database that is away, a program that ends.
waiting=(DiskTests DrainTests StoreAwayTests)
if wanted EndToEnd && [ -z "$pictures" ]; then DOTNET_TC_CallCountingDelayMs=1000 run "$work/EndToEnd.0.log" EndToEnd "${waiting[@]/#/--filter-class=*.}" & fi
for project in "${beside[@]}"; do
  wanted "$project" || continue
  others=()
  [ "$project" != CloudApi.Tests ] || others=(--filter-not-class '*.FuzzTests')
  DOTNET_TC_CallCountThreshold=0x200 run "$work/$project.log" "$project" "${others[@]}"
done
wait
for project in "${beside[@]}" Core.Tests; do
  wanted "$project" || continue
  count "$work/$project.log" "$project"
done
if wanted CloudApi.Tests; then count "$work/Fuzz.log" CloudApi.Tests; fi

# A browser test waits as long as it works: three parts side by side, each with a browser and consoles of its own. A new class is in the third.
first=(ClosingFirstTests CrashTests DialogTests FaultMatrixTests FirstRunTests LiveTests)
second=(CaptureTests PhoneTests RightsTests ShiftTests TemplateKindTests TemplateLinkTests TemplateStateTests TemplateStudioTests)
if wanted EndToEnd && [ -n "$pictures" ]; then
  run "$work/EndToEnd.log" EndToEnd
  count "$work/EndToEnd.log" EndToEnd
elif wanted EndToEnd; then
  # Most consoles live for less than a minute: code that is compiled better after a second of rest, not after a tenth, costs an eighth less.
  export DOTNET_TC_CallCountingDelayMs=1000
  elsewhere=("${first[@]}" "${second[@]}" "${waiting[@]}")
  run "$work/EndToEnd.1.log" EndToEnd "${first[@]/#/--filter-class=*.}" &
  run "$work/EndToEnd.2.log" EndToEnd "${second[@]/#/--filter-class=*.}" &
  run "$work/EndToEnd.3.log" EndToEnd "${elsewhere[@]/#/--filter-not-class=*.}"
  wait
  for part in 0 1 2 3; do
    count "$work/EndToEnd.$part.log" EndToEnd
  done
fi

code=0
[ $((failed + broken)) = 0 ] || code=1
[ -z "${failures//[[:space:]]/}" ] || { say "What failed"; grep . <<<"$failures"; }
if [ "${CI:-}" = true ] && [ "$skipped" != 0 ]; then
  echo "CI accepts no skipped test" >&2
  code=1
fi
printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$((failed + broken))" "$skipped"
exit $code
