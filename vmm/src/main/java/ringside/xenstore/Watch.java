package ringside.xenstore;

/**
 * A client wants to hear of changes at a path and below.
 *
 * @param path absolute, or one of the names with @
 * @param given as the client wrote it; events come with paths of the same kind
 */
record Watch(String path, String given, String token) {
  /** What an event says of a change at an absolute path. */
  String eventPath(String changed) {
    if (!StorePath.isRelative(given)) {
      return changed;
    }
    int home = path.length() - given.length();
    return changed.substring(home);
  }
}
