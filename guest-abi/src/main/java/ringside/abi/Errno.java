package ringside.abi;

import java.util.Optional;

/** Names of error numbers, for results that are negative errors. */
public final class Errno {
  /** No error number is greater; smaller results than its negative are values, not errors. */
  public static final int MAX = 4095;

  private Errno() {}

  /** True when a hypercall's result is an error: -MAX to -1. */
  public static boolean isError(long result) {
    return result < 0 && result >= -MAX;
  }

  /** The name for a result such as -22 ("EINVAL"); empty when it is no error or has no name. */
  public static Optional<String> name(long result) {
    return constant(result).map(AbiConstant::name);
  }

  /** What the error of a result means, in a few words. */
  public static Optional<String> meaning(long result) {
    return constant(result).map(AbiConstant::doc);
  }

  /** A result for people: "-EINVAL", or the number in decimal. */
  public static String format(long result) {
    return name(result).map(name -> "-" + name).orElseGet(() -> Long.toString(result));
  }

  private static Optional<AbiConstant> constant(long result) {
    return isError(result)
        ? Abi.xen().group(Abi.ERRNO).orElseThrow().byValue(-result)
        : Optional.empty();
  }
}
