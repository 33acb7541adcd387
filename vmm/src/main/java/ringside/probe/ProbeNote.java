package ringside.probe;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads the description of a note that ringside-rt/probe.h leaves in an image: the nop's address in
 * 64 bits, the name and the operands, each text ended by a NUL. The image may be anybody's.
 */
public final class ProbeNote {
  private static final int LONGEST = 4096;

  private ProbeNote() {}

  /**
   * @param symbols address of a symbol, if there is exactly one of that name
   * @throws IllegalArgumentException with a sentence for people
   */
  public static ProbeSite parse(byte[] description, Function<String, OptionalLong> symbols) {
    if (description.length < 10 || description.length > LONGEST) {
      throw new IllegalArgumentException("its note has " + description.length + " bytes");
    }
    long address = ByteBuffer.wrap(description).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    String texts = new String(description, 8, description.length - 8, StandardCharsets.US_ASCII);
    List<String> parts = Splitter.on('\0').splitToList(texts);
    if (parts.size() < 3 || !parts.get(0).matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
      throw new IllegalArgumentException("its note has no name and operands");
    }
    ImmutableList<ProbeOperand> operands =
        Splitter.on(' ')
            .omitEmptyStrings()
            .splitToStream(parts.get(1))
            .map(text -> ProbeOperand.parse(text, symbols))
            .collect(ImmutableList.toImmutableList());
    if (operands.size() > ProbeSite.MAX_OPERANDS) {
      throw new IllegalArgumentException(
          parts.get(0) + " has more than " + ProbeSite.MAX_OPERANDS + " operands");
    }
    return new ProbeSite(parts.get(0), address, operands);
  }
}
