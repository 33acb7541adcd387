package ringside.cli.trace;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Virtual time as people write it, in ns: {@code 1500}, {@code 20us}, {@code 1.5s}. */
final class VirtualTime implements ITypeConverter<Long> {
  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s)?");

  @Override
  public Long convert(String value) {
    Matcher matcher = TIME.matcher(value);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + value + "' is no time; write 1500, 20us, 3ms or 1.5s");
    }
    int digits =
        switch (matcher.group(2)) {
          case "us" -> 3;
          case "ms" -> 6;
          case "s" -> 9;
          case null, default -> 0;
        };
    try {
      return new BigDecimal(matcher.group(1)).scaleByPowerOfTen(digits).longValueExact();
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + value + "' is no whole number of ns, or too many");
    }
  }
}
