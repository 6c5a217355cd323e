#!/usr/bin/env bash
# Measures how long new processes take, as the manual's page "Fast starts" says, and fails if a step of that page does not
# work. Usage: src/docs/fast-starts.sh [RUNS]. Needs target/daybook-cli.jar and the javac of the Java that is measured, in
# JAVA_HOME or on the PATH.
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=${1:-10}
jar=target/daybook-cli.jar
home=${JAVA_HOME:+$JAVA_HOME/bin/}
java=${home}java
[ -f "$jar" ] || { echo "no $jar: mvn -q -B -ntp -Dmaven.test.skip package makes it" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/classes"
"${home}javac" -nowarn -parameters -d "$work/classes" -cp "$jar" \
  src/jmh/java/dev/daybook/benchmark/Cold{Start,Daybook,ByHand,Flyway}.java 2> /dev/null
"${home}jar" --create --file "$work/cold.jar" -C "$work/classes" .
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')

# A process from its start to its end, in milliseconds.
millis() {
  local begun=$(date +%s%N)
  "$@" > "$work/out" 2> "$work/err" || { cat "$work/out" "$work/err" >&2; echo "failed: $*" >&2; exit 1; }
  echo $((($(date +%s%N) - begun) / 1000000))
}

native=""
[ "$version" -lt 22 ] || native="--enable-native-access=ALL-UNNAMED"

cold() {  # cold FLAGS WORD FILE
  local flags="$1 $native"
  shift
  # shellcheck disable=SC2086 # flags are words
  "$java" $flags -Dorg.jooq.no-logo=true -Dorg.jooq.no-tips=true \
    -cp "$work/cold.jar:$jar" dev.daybook.benchmark.ColdStart "$@"
}

cli() {  # cli FLAGS ARGUMENTS
  local flags=$1
  shift
  # shellcheck disable=SC2086
  "$java" $flags -jar "$jar" "$@"
}

new() {  # new FLAGS WORD
  rm -f "$work"/new.db*
  cold "$1" "$2" "$work/new.db"
}

# Unpacks the driver's native library for this machine, and says what it is called.
find_library() {
  local system=$(uname -s) machine=$(uname -m) inside
  case "$system" in Darwin) system=Mac ;; esac
  case "$machine" in arm64) machine=aarch64 ;; esac
  inside=$("${home}jar" --list --file "$jar" | grep "^org/sqlite/native/$system/$machine/libsqlitejdbc\.")
  (cd "$work" && "${home}jar" --extract --file "$OLDPWD/$jar" "$inside")
  mkdir "$work/lib"
  cp "$work/$inside" "$work/lib/"
  basename "$inside"
}

# Each round does every thing once, so that what slows the machine down slows all of them down.
names=()
commands=()
measure() {
  names+=("$1")
  shift
  commands+=("$(printf '%q ' "$@")")
}

cold "" daybook "$work/store.db" > /dev/null
cold "" by-hand "$work/by-hand.db" > /dev/null
cold "" flyway "$work/flyway.db" > /dev/null

# The native library, unpacked once.
library=$(find_library)
unpacked="-Dorg.sqlite.lib.path=$work/lib -Dorg.sqlite.lib.name=$library"

measure "java -version" "$java" -version
measure "by hand" cold "" by-hand "$work/by-hand.db"
measure "Daybook, existing file" cold "" daybook "$work/store.db"
measure "Daybook, existing file, library unpacked" cold "$unpacked" daybook "$work/store.db"
measure "Flyway alone, new file" new "" flyway
measure "Daybook, new file" new "" daybook
measure "daybook --version" cli "" --version
measure "daybook help" cli "" help
measure "daybook stats" cli "" stats --db "$work/store.db"

# Shared classes: a first run writes an archive when it ends, later ones read it. -Xshare:on fails if they can't.
new "-XX:ArchiveClassesAtExit=$work/service.jsa" daybook > /dev/null 2> "$work/err"
cli "-XX:ArchiveClassesAtExit=$work/cli.jsa" stats --db "$work/store.db" > /dev/null 2> "$work/err"
service="-XX:SharedArchiveFile=$work/service.jsa -Xshare:on"
command="-XX:SharedArchiveFile=$work/cli.jsa -Xshare:on"
measure "Daybook, existing file, shared classes" cold "$service" daybook "$work/store.db"
measure "Daybook, new file, shared classes" new "$service" daybook
measure "daybook stats, shared classes" cli "$command" stats --db "$work/store.db"
measure "daybook stats, shared classes, C1 only" cli "$command -XX:TieredStopAtLevel=1 -Xlog:disable" stats --db "$work/store.db"

# The launcher: without an archive, and with the one that its first start makes in the background.
export DAYBOOK_CACHE="$work/cache"
target/daybook --version > /dev/null
for ((i = 0; i < 120; i++)); do
  compgen -G "$DAYBOOK_CACHE/*.making" > /dev/null || break
  sleep 1
done
compgen -G "$DAYBOOK_CACHE/*.jsa" > /dev/null || { cat "$DAYBOOK_CACHE"/*/log >&2; exit 1; }
for arguments in "--version" "help" "stats --db $work/store.db"; do
  # shellcheck disable=SC2086
  measure "launcher ${arguments%% *}, no archive" env DAYBOOK_CACHE= target/daybook $arguments
  # shellcheck disable=SC2086
  measure "launcher ${arguments%% *}" target/daybook $arguments
done

if [ "$version" -ge 19 ]; then
  auto="-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=$work/auto.jsa"
  cli "$auto" stats --db "$work/store.db" > /dev/null 2> "$work/err"
  [ -f "$work/auto.jsa" ] || { echo "no archive was made by itself" >&2; exit 1; }
  measure "daybook stats, archive made by itself" cli "$auto" stats --db "$work/store.db"
fi

# The AOT cache: the same, with methods' profiles and linked classes. -XX:AOTMode=on fails if it can't be used.
if [ "$version" -ge 25 ]; then
  new "-XX:AOTCacheOutput=$work/service.aot" daybook > /dev/null 2> "$work/err"
  cli "-XX:AOTCacheOutput=$work/cli.aot" stats --db "$work/store.db" > /dev/null 2> "$work/err"
  aot="-XX:AOTCache=$work/service.aot -XX:AOTMode=on"
  measure "Daybook, existing file, AOT cache" cold "$aot" daybook "$work/store.db"
  measure "Daybook, new file, AOT cache" new "$aot" daybook
  measure "daybook stats, AOT cache" cli "-XX:AOTCache=$work/cli.aot -XX:AOTMode=on" stats --db "$work/store.db"
fi

for ((round = 0; round <= runs; round++)); do
  for i in "${!names[@]}"; do
    took=$(eval "millis ${commands[$i]}")
    [ "$round" -eq 0 ] || echo "$took" >> "$work/times.$i"
  done
done

echo "Java $version, $runs runs, milliseconds of the whole process"
printf '%-42s %8s %8s %8s\n' "" least median most
for i in "${!names[@]}"; do
  sort -n "$work/times.$i" | awk -v name="${names[$i]}" \
    '{ t[NR] = $1 } END { printf "%-42s %8d %8d %8d\n", name, t[1], (t[int((NR + 1) / 2)] + t[int(NR / 2) + 1]) / 2, t[NR] }'
done
