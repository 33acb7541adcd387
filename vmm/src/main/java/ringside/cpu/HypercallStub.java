package ringside.cpu;

import java.util.Arrays;

/** The code of one stub of the hypercall page: {@code mov eax, number; out PORT, eax; ret}. */
public final class HypercallStub {
  /** OUT of EAX to this port, as an immediate, is a hypercall. */
  public static final int PORT = 0xe7;

  private static final int BYTES = 32;
  private static final byte INT3 = (byte) 0xcc;

  private HypercallStub() {}

  /** 32 bytes, valid in 32- and 64-bit code. */
  public static byte[] code(int number) {
    byte[] stub = new byte[BYTES];
    Arrays.fill(stub, INT3);
    stub[0] = (byte) 0xb8;
    for (int i = 0; i < 4; i++) {
      stub[1 + i] = (byte) (number >>> 8 * i);
    }
    stub[5] = (byte) 0xe7;
    stub[6] = (byte) PORT;
    stub[7] = (byte) 0xc3;
    return stub;
  }
}
