# Sourced by dev.sh: .github/files.svg, the README's picture, made of what its commands print.

# The system of images/files.toml with an empty disk of its own, as the file $1/files.toml.
picture_system() {
  sed -e "s,\"build/files.img\",\"$1/files.img\"," \
    -e "s,\"build/,\"$root/images/build/," "$root/images/files.toml" >"$1/files.toml"
}

# Prints what a terminal would show of `boot files` with these arguments, while what comes from the
# standard input is typed.
picture_boot() {
  echo "$ tools/ringside boot files${*:+ $*}"
  "$root/tools/ringside" boot "$folder/files.toml" "$@" 2>&1
}

dev_picture() {
  folder=$(mktemp -d)
  picture_system "$folder"
  "$root/tools/ringside" check "$folder/files.toml" >/dev/null # builds what is not built
  {
    picture_boot <<'END'
mkdir letters; echo "Dear disk," > letters/first
cat letters/first; ls -l letters
exit
END
    echo
    picture_boot --fault fs:kill:probe=ivmc_serve#10 <<'END'
cat letters/first
echo "are you still there?" >> letters/first
cat letters/first
exit
END
  } | awk -f "$root/tools/launcher/picture.awk" >"$root/.github/files.svg"
  rm -r "$folder"
}
