package ringside.device;

import java.nio.ByteBuffer;
import ringside.memory.GuestFault;

/**
 * What a bus master sees of memory: the guest-physical space of the domain that owns it, foreign
 * pages that the domain has mapped by grant included. That is its IOMMU view; there is no other way
 * from a device to memory.
 */
public interface DmaPort {
  /**
   * The bytes themselves, little endian, valid until the next change of the owner's p2m: never kept
   * from one step of a device to the next.
   *
   * @param gpa first byte
   * @param length in bytes, at least 1; may cross pages
   * @param write the device will store into them
   * @throws GuestFault a page is not there, or is read-only and shall be written; nothing was
   *     touched
   */
  ByteBuffer at(long gpa, int length, boolean write) throws GuestFault;
}
