# Sourced by dev.sh: .github/storage.svg, the README's picture, made of what its commands print.

# The system of images/storage.toml with an empty disk of its own, as the file $1/storage.toml.
picture_system() {
  sed -e "s,\"build/storage.img\",\"$1/storage.img\"," \
    -e "s,\"build/,\"$root/images/build/," "$root/images/storage.toml" >"$1/storage.toml"
}

# Prints what a terminal would show of `boot storage` with these arguments.
picture_boot() {
  echo "$ tools/ringside boot storage${*:+ $*}"
  "$root/tools/ringside" boot "$folder/storage.toml" "$@" 2>&1
}

dev_picture() {
  folder=$(mktemp -d)
  picture_system "$folder"
  "$root/tools/ringside" check "$folder/storage.toml" >/dev/null # builds what is not built
  {
    picture_boot
    echo
    picture_boot --fault storage:kill:probe=nvme_submit#250
  } | awk -f "$root/tools/launcher/picture.awk" >"$root/.github/storage.svg"
  rm -r "$folder"
}
