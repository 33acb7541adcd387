# Sourced by tools/ringside: builds what is missing or older than its sources. Wants common.sh.

lib=$root/tools/target/lib
stamp=$root/tools/target/built
archive=$root/tools/target/ringside.aot
# An archive that does not fit (another JDK) is passed over without a word. Compressed pointers
# would take a register of the processor away from translated code, which has too few as it is;
# clipped inlining would leave calls of accesses in the larger regions. Few regions are longer than
# what HotSpot takes for huge; these are worth the time that it needs for them.
#
# Regions come back often, so code for the middle of their loops (OSR) would be compiled in vain by
# C2, once for each loop. Tier4BackEdgeThreshold is out of reach, in all of the JVM: what loops for
# ever keeps to C1 and should call methods. A region that loops long is compiled after few calls
# instead (Tier3MinInvocationThreshold, Tier4MinInvocationThreshold).
#
# While C2 has much to do HotSpot compiles first without counting branches and types, and goes on
# from there by OSR whatever the threshold, with fewer counts; Tier3DelayOn keeps it from that, save
# for what was interpreted long.
#
# C2 leaves out branches that were never taken, and what it made is thrown away when one is. With
# regions, whose loops have many that are taken once in a million rounds, this would be done again
# and again, each time with a tenth of a second of C2 and slow code meanwhile. Four times are
# enough: then a method gets all branches (PerMethodTrapLimit). The limit is for each reason apart,
# types, nulls and ranges never seen among them, counts what was inlined, too, and holds in all of
# the JVM: with 1 systems are at their speed sooner, but what the hypervisor does for an event takes
# a tenth longer for ever.
jvm_options="--enable-native-access=ALL-UNNAMED
  --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED -XX:+UseSerialGC
  -XX:-UseCompressedOops -XX:-ClipInlining -XX:-DontCompileHugeMethods
  -XX:Tier4BackEdgeThreshold=2000000000 -XX:Tier3DelayOn=1000 -XX:Tier3MinInvocationThreshold=10
  -XX:Tier4MinInvocationThreshold=50 -XX:PerMethodTrapLimit=4
  -Xlog:cds=off -Xlog:aot=off"
jvm_archive=-XX:AOTCache=$archive
training=
tty_in=false
tty_out=false
tty_err=false

# A file that is newer than the last build, if there is one.
newer_source() {
  cd "$root"
  find pom.xml guest-abi vmm tools domains drivers \
    \( -name target -o -name build -o -path '*/src/test' \) -prune -o \
    -newer "$stamp" \( -type f -o -path '*/src/*' -o -path 'domains/*' -o -path 'drivers/*' \) \
    -print -quit
}

class_path() {
  printf '%s:' "$lib"/*.jar
}

maven_needs() {
  require mvn maven
  # Maven may run on any Java; the compiler that it starts is found by this name among others.
  if ! command -v java >/dev/null && [ -z "${JAVA_HOME-}" ]; then
    export JAVA_HOME="$jdk"
  fi
  export JAVA25_HOME="$jdk"
}

maven() {
  maven_needs
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

# Becomes the command's JVM.
exec_command_line() {
  # shellcheck disable=SC2086 # a list of options
  exec "$jdk/bin/java" $jvm_options "$jvm_archive" $training -Dringside.home="$root" \
    -Dringside.tty.in=$tty_in \
    -Dringside.tty.out=$tty_out -Dringside.tty.err=$tty_err ${RINGSIDE_JAVA_OPTS-} \
    -cp "$(class_path)" ringside.cli.Main "$@"
}

# Runs the command and waits for it.
command_line() {
  (exec_command_line "$@")
}

fresh() {
  [ -e "$stamp" ] && [ -e "$archive" ] && [ -z "$(newer_source)" ]
}

build_if_stale() {
  if fresh; then
    return
  fi
  require mvn maven
  require_compiler
  echo "ringside: building (once; later starts skip this)" >&2
  mkdir -p "$root/tools/target"
  (
    if command -v flock >/dev/null; then
      flock 9
      if fresh; then exit; fi # another start has built it meanwhile
    fi
    # Folders in which programs of this computer are built later; to make one is no change.
    for native in "$root"/domains/*/native "$root"/drivers/*/native; do
      mkdir -p "$native/build"
    done
    touch "$stamp.new" # before the build: what changes meanwhile is newer
    rm -rf "$lib"
    maven -Dmaven.test.skip=true package -pl tools,domains -am || exit 1
    make_archive
    make_manual
    mv "$stamp.new" "$stamp"
  ) 9>"$root/tools/target/lock" </dev/null || fail "the build failed; its messages are above"
}

# Classes that a start needs, linked: starts take half the time. Without what was hot in them:
# starts hardly gained by it, and what runs for long stayed slower by a third.
make_archive() {
  jvm_archive=-XX:AOTCacheOutput=$archive.new
  training="-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining"
  command_line boot fsx --set app.cmdline="steps=40" >/dev/null 2>&1 || true
  jvm_archive=-XX:AOTCache=$archive
  training=
  if [ -e "$archive.new" ]; then
    mv "$archive.new" "$archive"
  else
    : >"$archive"
  fi
}

# The completion script and the manual pages, for whoever wants to install them.
make_manual() {
  command_line completion >"$root/tools/target/ringside.bash"
  command_line man --out "$root/tools/target/man/man1"
}
