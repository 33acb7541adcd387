# Sourced by tools/ringside: the verbs for those who work on Ringside.
. "$root/tools/launcher/picture.sh"

dev_usage() {
  cat <<'USAGE'
usage: tools/ringside dev VERB
  setup         install what the build and the tests need (apt), fetch libunicorn and libcapstone
  test          run every test; test --fast runs the unit tests and the rules of style only,
                test --engine NAME whole systems on an engine that is not the default
  lockstep      boot systems on two engines at once and say where they differ; default: all of
                images, and all test guests
  fmt           format the Java sources
  guests        build the guest images; arguments go to make
  abi           regenerate what comes from the ABI table
  picture       draw the README's picture from what its commands print now
  bench         run the benchmarks; arguments go to ringside bench
  clean         remove everything that was built
USAGE
}

dev() {
  verb=${1-}
  [ $# -eq 0 ] || shift
  case $verb in
    setup) dev_setup ;;
    test) dev_test "$@" ;;
    lockstep) dev_lockstep "$@" ;;
    fmt) dev_fmt ;;
    guests) require_compiler && exec make -s -C "$root/domains" "$@" ;;
    abi) find_jdk && maven compile exec:exec@generate -pl guest-abi ;;
    picture) dev_picture ;;
    bench) exec "$root/tools/ringside" bench "$@" ;;
    clean) find_jdk && maven clean && rm -rf "$root/tools/target" ;;
    '' | -h | --help | help) dev_usage ;;
    *) fail "there is no verb '$verb'" "$(dev_usage)" ;;
  esac
}

# On a fresh machine. What is there already stays as it is.
dev_setup() {
  packages=
  for pair in mvn:maven gcc:gcc make:make; do
    command -v "${pair%%:*}" >/dev/null || packages="$packages ${pair#*:}"
  done
  if command -v dpkg >/dev/null; then
    for package in libxen-dev grub-xen-bin qemu-system-x86 e2fsprogs; do # what tests compare with
      dpkg -s "$package" >/dev/null 2>&1 || packages="$packages $package"
    done
  fi
  if [ -n "$packages" ]; then
    command -v apt-get >/dev/null || fail "missing:$packages" "install them; there is no apt here"
    sudo=
    if [ "$(id -u)" != 0 ]; then
      command -v sudo >/dev/null || fail "missing:$packages" "install them as root"
      sudo=sudo
    fi
    $sudo apt-get update -qq
    # shellcheck disable=SC2086 # a list of packages
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $packages
  fi
  "$root/tools/fetch-unicorn"
  find_jdk
  echo "ready: JDK $jdk, $(mvn -v 2>/dev/null | sed -n '1s/\x1b\[[0-9;]*m//gp')"
}

dev_test() {
  find_jdk
  case ${1-} in
    --fast) run_tests -pl guest-abi,vmm,tools,tests "-Dsurefire.excludes=ringside/system/**" ;;
    --engine) require_compiler && run_tests "-Dringside.engine=${2-}" ;;
    '') require_compiler && run_tests ;;
    *) fail "unknown argument '$1'" "usage: tools/ringside dev test [--fast | --engine NAME]" ;;
  esac
}

# Maven says what it runs, and how many tests of each class there were.
run_tests() {
  maven_needs
  cd "$root" && exec mvn -B -ntp test "$@"
}

# The verdicts of the guests are not the question: only whether the engines agree to the end.
dev_lockstep() {
  find_jdk
  build_if_stale
  found=0
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  [ $# -gt 0 ] || set -- $(lockstep_systems)
  for system in "$@"; do
    begin=$(date +%s)
    # shellcheck disable=SC2046 # words
    "$root/tools/ringside" boot $(lockstep_arguments "$system") --engine lockstep \
      </dev/null >"$folder/$system.txt" 2>&1 || true
    result=agree
    grep -aq 'all domains stopped' "$folder/$system.txt" || result='does not end'
    grep -aq 'the CPU engine gave up' "$folder/$system.txt" && result=DIFFER
    echo "$system: $result, $(($(date +%s) - begin)) s"
    grep -a '^\[WARN\] LockstepCpu' "$folder/$system.txt" | sed 's/^/  /' || true
    if [ "$result" != agree ]; then
      found=1
      grep -a -A 60 'the CPU engine gave up' "$folder/$system.txt" || tail -20 "$folder/$system.txt"
    fi
  done
  exit $found
}

lockstep_systems() {
  for file in "$root"/images/*.toml; do basename "$file" .toml; done
  for folder in "$root"/domains/tests/*/; do echo "test-$(basename "$folder")"; done
}

# A test guest gets what the tests give it: four vCPUs, or another one like itself.
lockstep_arguments() {
  case $1 in
    test-*-pair)
      for me in first:second second:first; do
        printf '[[domain]]\nname = "%s"\nkernel = "%s"\nmemory = 32\n' \
          "${me%:*}" "$root/images/build/$1.elf"
        printf 'cmdline = "peer={domid:%s}"\n' "${me#*:}"
      done >"$folder/$1.toml"
      echo "$folder/$1.toml"
      ;;
    test-*) echo "$1 --vcpus 4 --memory 64" ;;
    *) echo "$1" ;;
  esac
}

dev_fmt() {
  find_jdk
  version=$(sed -n 's,.*<google-java-format.version>\(.*\)</.*,\1,p' "$root/pom.xml")
  formatter=$root/tools/target/format/google-java-format-$version-all-deps.jar
  [ -e "$formatter" ] || maven -N dependency:copy -DoutputDirectory="${formatter%/*}" \
    -Dartifact="com.google.googlejavaformat:google-java-format:$version:jar:all-deps"
  set --
  for package in api code file parser tree util; do
    set -- "$@" "--add-exports=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED"
  done
  cd "$root" || exit
  find guest-abi vmm tools tests -name target -prune -o -name '*.java' -print |
    xargs "$jdk/bin/java" "$@" -cp "$formatter" com.google.googlejavaformat.java.Main -i
}
