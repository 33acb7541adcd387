package ringside.domain;

import static ringside.abi.gen.ElfnoteAbi.XEN_ELFNOTE_PHYS32_ENTRY;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import ringside.probe.ProbeSite;

/**
 * An ELF file, parsed and checked; nothing in it has been believed before it was compared with the
 * file's size. Accepted are ELFCLASS64 with EM_X86_64, and ELFCLASS32 with EM_386 or EM_X86_64.
 *
 * @param name of the file, for messages
 * @param bits 32 or 64: the file's class, not the mode its code runs in
 * @param machine e_machine
 * @param entry e_entry; PVH boots {@link #pvhEntry} instead
 * @param notes all notes: of PT_NOTE segments, or of SHT_NOTE sections when there is no such
 *     segment; and of sections that are not loaded; those of probes apart
 * @param symbols functions and objects, sorted by address
 * @param probes in the order of their notes; no two at one address
 */
public record ElfImage(
    String name,
    int bits,
    int machine,
    long entry,
    ImmutableList<Segment> segments,
    ImmutableList<Note> notes,
    ImmutableList<Symbol> symbols,
    ImmutableList<ProbeSite> probes) {

  /**
   * A PT_LOAD segment.
   *
   * @param flags PF_X 1, PF_W 2, PF_R 4
   * @param data filesz bytes of the file; the rest up to memorySize is zero
   */
  public record Segment(long physical, long virtual, long memorySize, int flags, byte[] data) {}

  /** A note; {@code owner} without its NUL. */
  public record Note(String owner, int type, byte[] description) {}

  /** A symbol of the symbol table with a name and an address. */
  public record Symbol(String name, long address, long size, boolean function) {}

  /** A place in the image as people write it. */
  public record Place(Symbol symbol, long offset) {
    @Override
    public String toString() {
      return offset == 0 ? symbol.name() : symbol.name() + "+0x" + Long.toHexString(offset);
    }
  }

  /** Physical address of XEN_ELFNOTE_PHYS32_ENTRY, which makes an image bootable as PVH. */
  public Optional<Long> pvhEntry() {
    for (Note note : notes) {
      if (note.owner().equals("Xen")
          && note.type() == XEN_ELFNOTE_PHYS32_ENTRY
          && note.description().length >= 4) {
        return Optional.of(ElfReader.unsigned32(note.description(), 0));
      }
    }
    return Optional.empty();
  }

  /** The last function symbol at or below an address and not more than 1 MiB below. */
  public Optional<Place> locate(long address) {
    int low = 0;
    int high = symbols.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(symbols.get(middle).address(), address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low - 1; i >= 0; i--) {
      Symbol symbol = symbols.get(i);
      long offset = address - symbol.address();
      if (Long.compareUnsigned(offset, 1 << 20) > 0) {
        return Optional.empty();
      }
      if (symbol.function() && (symbol.size() == 0 || offset < symbol.size())) {
        return Optional.of(new Place(symbol, offset));
      }
    }
    return Optional.empty();
  }
}
