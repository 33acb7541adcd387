package ringside.trace;

/**
 * The trace file. It explains itself: a reader needs this page and nothing else, and whatever an
 * item refers to was defined by an item before it. All numbers are little endian, texts are UTF-8.
 *
 * <pre>
 * file     header item*
 * header   magic[8]  version u16  zero u16  length u32  property*  crc u32
 *          length counts the bytes of the properties, crc covers everything before itself
 * property key text32  value text32                                (text32: length u32, bytes)
 * item     size u32 (of the whole item)  kind u16  body
 *
 * kind 1   string:   index u32 (rising from 1)  bytes
 * kind 2   type:     kind u16 (rising from 16)  name string  count u16  {kind u8  name string}*
 * kind 3   index:    first id u64  records u32  first time u64  block start u64  previous index u64
 *                    count u32  {offset u32 of a definition, from the block's start}*  crc u32
 * kind 4   trailer:  records u64  lost u64  last index u64  crc u32
 * kind 16+ event:    domain s16  vcpu s16  time u64  cause u64  fields
 *
 * string   index u32 of a kind 1 item
 * fields   flag, u8: one byte; u16, u32: as named; u64, s64, hex: 8 bytes
 *          text: string, or 0 followed by text32
 *          struct: name string  width u8 (32 or 64)  length u32  bytes
 * </pre>
 *
 * An event's id is its place among the events, from 1; cause is the id of an earlier event, or 0. A
 * block is what lies between two kind 3 items; the crc (CRC-32C) of its index, and of the trailer,
 * covers the bytes from the block's start up to the crc itself. Offsets count from the start of the
 * file, 0 standing for none. A file without a trailer was not closed.
 */
final class TraceFormat {
  /** As in PNG: the first byte and the line ends catch transfers that treat it as text. */
  static final byte[] MAGIC = {(byte) 0x89, 'R', 'I', 'N', 'G', '\r', '\n', 0x1a};

  static final int VERSION = 1;
  static final int HEADER_FIXED = 16;

  static final int STRING = 1;
  static final int TYPE = 2;
  static final int INDEX = 3;
  static final int TRAILER = 4;
  static final int FIRST_EVENT = 16;

  static final int ITEM_HEADER = 6;
  static final int EVENT_HEADER = ITEM_HEADER + 20;
  static final int TRAILER_SIZE = ITEM_HEADER + 28;

  /** Events between two index items. */
  static final int BLOCK_RECORDS = 4096;

  /** An index item also ends a block that has grown to so many bytes. */
  static final int BLOCK_BYTES = 1 << 18;

  private TraceFormat() {}
}
