package ringside.trace;

import java.util.Arrays;

/** What a field of a recorded event holds. */
public sealed interface Value {
  record Flag(boolean value) implements Value {}

  /** The field's kind says whether it is signed, and whether it is read in hexadecimal. */
  record Number(long value) implements Value {}

  record Text(String value) implements Value {}

  /**
   * A structure of the guest ABI.
   *
   * @param structure its name in the ABI table, or empty when there is none
   * @param width whose layout: 64 or 32
   */
  record Struct(String structure, int width, byte[] bytes) implements Value {
    /** By content, as for every other value. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Struct(String s, int w, byte[] b)
          && structure.equals(s)
          && width == w
          && Arrays.equals(bytes, b);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
