# Sourced by tools/ringside: what is needed, where it is, and how to get it. Wants $root.

wanted_jdk=25

fail() {
  echo "ringside: error: $1" >&2
  shift
  for line; do echo "  $line" >&2; done
  exit 2
}

# How to install Debian packages here, as words for people.
how_to_install() {
  if command -v apt-get >/dev/null; then
    echo "install it: apt-get install $*"
  else
    echo "install it; Debian calls the package $*"
  fi
}

# require COMMAND PACKAGE
require() {
  command -v "$1" >/dev/null || fail "there is no $1 on the PATH" "$(how_to_install "$2")" \
    "or let tools/ringside dev setup do it"
}

# True when $1 is a JDK that is new enough. Its release file tells without starting it.
good_jdk() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${version:-0}" -ge "$wanted_jdk" ]
}

# Sets jdk to the home of a JDK 25 or newer, or stops.
find_jdk() {
  on_path=$(command -v java || true)
  if [ -n "$on_path" ]; then
    on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  fi
  for jdk in "${RINGSIDE_JAVA_HOME-}" "${JAVA_HOME-}" "$on_path" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME-}"/.sdkman/candidates/java/* \
    "${HOME-}"/.jdks/* "${HOME-}"/.local/share/mise/installs/java/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$jdk" ] && good_jdk "$jdk"; then
      return
    fi
  done
  fail "there is no JDK $wanted_jdk or newer" \
    "get one: Eclipse Temurin, your distribution's openjdk-$wanted_jdk-jdk," \
    "or sdk install java; if it lies in an unusual place, name its folder in JAVA_HOME"
}
