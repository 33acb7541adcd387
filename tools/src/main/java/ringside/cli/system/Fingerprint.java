package ringside.cli.system;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * SHA-256 over the parts of a system, in the order in which they were added.
 *
 * <p>Invariant: worked out when it is asked for and not before; a start that records nothing has no
 * need of it.
 */
public final class Fingerprint {
  private final List<byte[]> parts = new ArrayList<>();

  void add(String text) {
    parts.add(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds bytes.
   *
   * @param bytes are kept, and must stay as they are
   */
  void add(byte[] bytes) {
    parts.add(bytes);
  }

  /** In hexadecimal digits. */
  String hex() {
    Hasher hasher = Hashing.sha256().newHasher();
    parts.forEach(hasher::putBytes);
    return hasher.hash().toString();
  }
}
