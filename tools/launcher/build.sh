# Sourced by tools/ringside: builds what is missing or older than its sources. Wants common.sh.

lib=$root/tools/target/lib
stamp=$root/tools/target/built
archive=$root/tools/target/ringside.jsa
jvm_options="--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=4"

# A file that is newer than the last build, if there is one.
newer_source() {
  cd "$root"
  find pom.xml guest-abi vmm tools domains drivers \
    \( -name target -o -name build -o -name lib -o -path '*/src/test' \) -prune -o \
    -newer "$stamp" \( -type f -o -path '*/src/*' -o -path 'domains/*' -o -path 'drivers/*' \) \
    -print -quit
}

class_path() {
  printf '%s:' "$lib"/*.jar
}

maven() {
  require mvn maven
  # Maven may run on any Java; the compiler that it starts is found by this name among others.
  if ! command -v java >/dev/null && [ -z "${JAVA_HOME-}" ]; then
    export JAVA_HOME="$jdk"
  fi
  export JAVA25_HOME="$jdk"
  # A quiet Maven still prints colour resets; they are taken out, and its exit code kept.
  escape=$(printf '\033')
  code=$(
    exec 3>&1
    { (cd "$root" && mvn -q -B -ntp "$@" 2>&1) || echo $? >&3; } | sed "s/$escape\[0*m//g" >&2
  )
  return "${code:-0}"
}

require_compiler() {
  require make make
  compiler=${CC:-gcc}
  command -v "$compiler" >/dev/null || fail "there is no C compiler '$compiler' on the PATH" \
    "$(how_to_install gcc), or name another in CC, like CC=clang"
}

build_if_stale() {
  if [ -e "$stamp" ] && [ -e "$archive" ] && [ -z "$(newer_source)" ]; then
    return
  fi
  require mvn maven
  require_compiler
  echo "ringside: building (once; later starts skip this)" >&2
  mkdir -p "$root/tools/target"
  (
    if command -v flock >/dev/null; then
      flock 9
    fi
    touch "$stamp.new" # before the build: what changes meanwhile is newer
    rm -rf "$lib"
    maven -Dmaven.test.skip=true package -pl tools,domains -am || exit 1
    make_archive
    mv "$stamp.new" "$stamp"
  ) 9>"$root/tools/target/lock" || fail "the build failed; its messages are above"
}

# Classes that a start needs, in the form that the JVM maps: starts take half the time.
make_archive() {
  # shellcheck disable=SC2086 # a list of options
  "$jdk/bin/java" $jvm_options -XX:ArchiveClassesAtExit="$archive.new" -Xlog:cds=off \
    -Xlog:cds+dynamic=off -cp "$(class_path)" -Dringside.home="$root" \
    ringside.cli.Main boot hello >/dev/null 2>&1 || true
  if [ -e "$archive.new" ]; then
    mv "$archive.new" "$archive"
  else
    : >"$archive"
  fi
}
