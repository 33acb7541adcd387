package ringside.xenstore;

import static ringside.abi.gen.ErrnoAbi.EINVAL;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The texts inside payloads: bytes, each text ended by a NUL. */
final class StoreText {
  private static final int MAX_DOMID = 0xffff;

  private StoreText() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Each text with its NUL. */
  static byte[] join(Iterable<String> texts) {
    StringBuilder joined = new StringBuilder();
    texts.forEach(text -> joined.append(text).append('\0'));
    return bytes(joined.toString());
  }

  /** All texts; what is left after the last NUL is none. */
  static List<String> all(byte[] payload) {
    String text = text(payload);
    int end = text.lastIndexOf('\0');
    return end < 0 ? ImmutableList.of() : Splitter.on('\0').splitToList(text.substring(0, end));
  }

  /** The payload as exactly one text. */
  static String one(byte[] payload) throws StoreError {
    return exactly(1, payload).get(0);
  }

  /** The payload as so many texts and nothing behind them. */
  static List<String> exactly(int count, byte[] payload) throws StoreError {
    List<String> texts = all(payload);
    if (texts.size() != count || payload[payload.length - 1] != 0) {
      throw new StoreError(EINVAL);
    }
    return texts;
  }

  /** A domain id in decimal. */
  static int domid(String text) throws StoreError {
    int value = number(text);
    if (value > MAX_DOMID) {
      throw new StoreError(EINVAL);
    }
    return value;
  }

  /** A decimal number below 10^8. */
  static int number(String text) throws StoreError {
    if (!text.matches("[0-9]{1,8}")) {
      throw new StoreError(EINVAL);
    }
    return Integer.parseInt(text);
  }
}
