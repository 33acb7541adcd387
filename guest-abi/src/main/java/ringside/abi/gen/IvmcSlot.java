package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct ivmc_slot}. A small slot: a request, and the room for its response, reserved from
 * the start.
 */
public final class IvmcSlot extends Snapshot {
  /** in struct ivmc_request. */
  public static final AbiOffset REQUEST = new AbiOffset("request", 0, 0, 64, 64);

  /** out struct ivmc_response. */
  public static final AbiOffset RESPONSE = new AbiOffset("response", 64, 64, 64, 64);

  private IvmcSlot(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 128;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static IvmcSlot of(byte[] bytes, Width width) {
    return new IvmcSlot(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static IvmcSlot of(byte[] bytes, int base, Width width) {
    return new IvmcSlot(bytes, base, width);
  }

  /** A structure of zeros. */
  public static IvmcSlot zero(Width width) {
    return new IvmcSlot(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "ivmc_slot";
  }

  /** The nested structure, over the same bytes. */
  public IvmcRequest request() {
    return IvmcRequest.of(bytes, base + 0, width());
  }

  /** The nested structure, over the same bytes. */
  public IvmcResponse response() {
    return IvmcResponse.of(bytes, base + 64, width());
  }
}
