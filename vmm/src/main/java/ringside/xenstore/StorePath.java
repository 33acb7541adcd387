package ringside.xenstore;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.XsWireAbi.XENSTORE_ABS_PATH_MAX;
import static ringside.abi.gen.XsWireAbi.XENSTORE_REL_PATH_MAX;

import com.google.common.base.CharMatcher;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules for paths (docs/misc/xenstore.txt): letters, digits and {@code -/_@}, from the root on,
 * no empty component. A path that begins with neither / nor @ is relative to its domain's home.
 */
final class StorePath {
  static final String ROOT = "/";
  static final String INTRODUCE_DOMAIN = "@introduceDomain";
  static final String RELEASE_DOMAIN = "@releaseDomain";

  private static final CharMatcher ALLOWED =
      CharMatcher.inRange('a', 'z')
          .or(CharMatcher.inRange('A', 'Z'))
          .or(CharMatcher.inRange('0', '9'))
          .or(CharMatcher.anyOf("-/_@"));
  private static final Pattern HOME = Pattern.compile("/local/domain/[0-9]{1,5}/");

  private StorePath() {}

  /** Where a domain's relative paths begin. */
  static String home(int domid) {
    return "/local/domain/" + domid;
  }

  /** The absolute path of a node. */
  static String node(String path, int domid) throws StoreError {
    String absolute = isRelative(path) ? home(domid) + "/" + path : path;
    if (!valid(absolute)) {
      throw new StoreError(EINVAL);
    }
    return absolute;
  }

  /** As {@link #node}, or one of the names that stand for what happens to domains. */
  static String nodeOrSpecial(String path, int domid) throws StoreError {
    return path.equals(INTRODUCE_DOMAIN) || path.equals(RELEASE_DOMAIN) ? path : node(path, domid);
  }

  static boolean isRelative(String path) {
    return !path.startsWith("/") && !path.startsWith("@");
  }

  private static boolean valid(String path) {
    if (path.equals(ROOT)) {
      return true;
    }
    Matcher home = HOME.matcher(path);
    int local = home.lookingAt() ? home.end() : 0;
    return path.startsWith("/")
        && !path.endsWith("/")
        && !path.contains("//")
        && path.length() <= XENSTORE_ABS_PATH_MAX
        && path.length() - local <= XENSTORE_REL_PATH_MAX
        && ALLOWED.matchesAllOf(path);
  }

  /** Of any absolute path but the root. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? ROOT : path.substring(0, slash);
  }

  /** The last component. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String child(String path, String name) {
    return path.equals(ROOT) ? ROOT + name : path + "/" + name;
  }

  /** True for the path itself and everything below. */
  static boolean isWithin(String path, String top) {
    if (top.equals(ROOT)) {
      return path.startsWith("/");
    }
    return path.startsWith(top)
        && (path.length() == top.length() || path.charAt(top.length()) == '/');
  }
}
