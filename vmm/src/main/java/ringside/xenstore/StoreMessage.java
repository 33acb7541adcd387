package ringside.xenstore;

import com.google.common.primitives.Bytes;
import java.util.Arrays;
import ringside.abi.Width;
import ringside.abi.gen.XsdSockmsg;

/**
 * A message on a ring: a header of 16 bytes (struct xsd_sockmsg) and up to 4096 bytes of payload.
 *
 * @param type XS_*
 * @param requestId as the client chose it
 * @param transaction 0 for none
 */
record StoreMessage(int type, int requestId, int transaction, byte[] payload) {
  static final int HEADER = XsdSockmsg.size(Width.W64);

  /** Length of the payload that follows the header, as an unsigned number. */
  static long length(byte[] header) {
    return XsdSockmsg.of(header, Width.W64).len();
  }

  /** A header and its payload, one behind the other. */
  static StoreMessage of(byte[] bytes) {
    XsdSockmsg header = XsdSockmsg.of(bytes, Width.W64);
    int end = HEADER + (int) header.len();
    return new StoreMessage(
        (int) header.type(),
        (int) header.reqId(),
        (int) header.txId(),
        Arrays.copyOfRange(bytes, HEADER, end));
  }

  byte[] bytes() {
    XsdSockmsg header = XsdSockmsg.zero(Width.W64);
    header.type(type);
    header.reqId(requestId);
    header.txId(transaction);
    header.len(payload.length);
    return Bytes.concat(header.bytes(), payload);
  }
}
