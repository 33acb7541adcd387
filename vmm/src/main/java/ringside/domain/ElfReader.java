package ringside.domain;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import ringside.probe.ProbeNote;
import ringside.probe.ProbeSite;

/**
 * Reads ELF (System V ABI, chapter 4; "Xen" notes: public/elfnote.h). Every offset and size taken
 * from the file is checked against the file before it is used. Symbols are a help for reports: a
 * damaged symbol table is an error too, since a wrong name misleads.
 */
public final class ElfReader {
  private static final int PT_LOAD = 1;
  private static final int PT_NOTE = 4;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_NOTE = 7;
  private static final int SHF_ALLOC = 2;
  private static final int PF_X = 1;
  private static final int EM_386 = 3;
  private static final int EM_X86_64 = 62;

  private final String name;
  private final ByteBuffer file;
  private final boolean wide;

  private ElfReader(String name, byte[] bytes) throws ImageException {
    this.name = name;
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 52 || file.getInt(0) != 0x464c457f) {
      throw bad("not an ELF file; give an x86 ELF image with a PVH entry note");
    }
    this.wide = file.get(4) == 2;
    if (file.get(4) != 1 && !wide) {
      throw bad("ELF class " + file.get(4) + " is neither 32-bit (1) nor 64-bit (2)");
    }
    if (file.get(5) != 1) {
      throw bad("big-endian ELF; x86 images are little-endian");
    }
    if (wide && bytes.length < 64) {
      throw bad("ELF header is cut off at " + bytes.length + " bytes");
    }
  }

  /** Parses a whole file. */
  public static ElfImage read(String name, byte[] bytes) throws ImageException {
    return new ElfReader(name, bytes).image();
  }

  private ElfImage image() throws ImageException {
    int machine = file.getShort(18) & 0xffff;
    if (machine != EM_X86_64 && (wide || machine != EM_386)) {
      throw bad("e_machine " + machine + " is not x86 (3 or 62)");
    }
    long entry = wide ? file.getLong(24) : unsigned(24);
    List<ElfImage.Segment> segments = new ArrayList<>();
    List<ElfImage.Note> notes = new ArrayList<>();
    readSegments(segments, notes);
    List<ElfImage.Symbol> symbols = new ArrayList<>();
    readSections(notes, symbols);
    symbols.sort(
        Comparator.<ElfImage.Symbol>comparingLong(s -> s.address() ^ Long.MIN_VALUE)
            .thenComparing(ElfImage.Symbol::name));
    return new ElfImage(
        name,
        wide ? 64 : 32,
        machine,
        entry,
        ImmutableList.copyOf(segments),
        notes.stream().filter(n -> !isProbe(n)).collect(ImmutableList.toImmutableList()),
        ImmutableList.copyOf(symbols),
        probes(segments, notes, symbols));
  }

  private void readSegments(List<ElfImage.Segment> segments, List<ElfImage.Note> notes)
      throws ImageException {
    long table = wide ? file.getLong(32) : unsigned(28);
    int size = file.getShort(wide ? 54 : 42) & 0xffff;
    int count = file.getShort(wide ? 56 : 44) & 0xffff;
    if (count > 0 && size < (wide ? 56 : 32)) {
      throw bad("program header entries of " + size + " bytes are too small");
    }
    int start = range("program headers", table, (long) size * count);
    for (int i = 0; i < count; i++) {
      int at = start + i * size;
      int type = file.getInt(at);
      long offset = wide ? file.getLong(at + 8) : unsigned(at + 4);
      long virtual = wide ? file.getLong(at + 16) : unsigned(at + 8);
      long physical = wide ? file.getLong(at + 24) : unsigned(at + 12);
      long fileSize = wide ? file.getLong(at + 32) : unsigned(at + 16);
      long memorySize = wide ? file.getLong(at + 40) : unsigned(at + 20);
      int flags = file.getInt(wide ? at + 4 : at + 24);
      if (type == PT_LOAD && memorySize != 0) {
        if (Long.compareUnsigned(fileSize, memorySize) > 0) {
          throw bad("segment " + i + ": p_filesz is larger than p_memsz");
        }
        byte[] data = slice("segment " + i, offset, fileSize);
        segments.add(new ElfImage.Segment(physical, virtual, memorySize, flags, data));
      } else if (type == PT_NOTE) {
        readNotes("note segment " + i, offset, fileSize, notes);
      }
    }
  }

  private void readSections(List<ElfImage.Note> notes, List<ElfImage.Symbol> symbols)
      throws ImageException {
    long table = wide ? file.getLong(40) : unsigned(32);
    int size = file.getShort(wide ? 58 : 46) & 0xffff;
    int count = file.getShort(wide ? 60 : 48) & 0xffff;
    if (table == 0 || count == 0) {
      return;
    }
    if (size < (wide ? 64 : 40)) {
      throw bad("section header entries of " + size + " bytes are too small");
    }
    int start = range("section headers", table, (long) size * count);
    boolean sectionNotes = notes.isEmpty();
    for (int i = 0; i < count; i++) {
      int at = start + i * size;
      int type = file.getInt(at + 4);
      long offset = wide ? file.getLong(at + 24) : unsigned(at + 16);
      long bytes = wide ? file.getLong(at + 32) : unsigned(at + 20);
      long flags = wide ? file.getLong(at + 8) : unsigned(at + 8);
      if (type == SHT_NOTE && (sectionNotes || (flags & SHF_ALLOC) == 0)) {
        readNotes("note section " + i, offset, bytes, notes);
      } else if (type == SHT_SYMTAB) {
        int link = file.getInt(wide ? at + 40 : at + 24);
        if (link <= 0 || link >= count) {
          throw bad("symbol table " + i + ": string table " + link + " does not exist");
        }
        int strings = start + link * size;
        long stringsAt = wide ? file.getLong(strings + 24) : unsigned(strings + 16);
        long stringsSize = wide ? file.getLong(strings + 32) : unsigned(strings + 20);
        readSymbols(offset, bytes, slice("string table", stringsAt, stringsSize), symbols);
      }
    }
  }

  private void readNotes(String where, long offset, long size, List<ElfImage.Note> notes)
      throws ImageException {
    int at = range(where, offset, size);
    int end = at + (int) size;
    while (end - at >= 12) {
      long nameSize = unsigned(at);
      long descSize = unsigned(at + 4);
      int type = file.getInt(at + 8);
      long descAt = at + 12 + (nameSize + 3 & ~3L);
      if (nameSize > size || descSize > size || descAt + descSize > end) {
        throw bad(where + ": note at file offset " + at + " runs past the end");
      }
      String owner = text(slice(where, at + 12L, nameSize), 0);
      notes.add(new ElfImage.Note(owner, type, slice(where, descAt, descSize)));
      at = (int) Math.min(end, descAt + (descSize + 3 & ~3L));
    }
  }

  private void readSymbols(long offset, long size, byte[] strings, List<ElfImage.Symbol> symbols)
      throws ImageException {
    int entry = wide ? 24 : 16;
    int at = range("symbol table", offset, size);
    for (int end = at + (int) size; end - at >= entry; at += entry) {
      int nameAt = file.getInt(at);
      int info = file.get(wide ? at + 4 : at + 12);
      int section = file.getShort(wide ? at + 6 : at + 14) & 0xffff;
      long address = wide ? file.getLong(at + 8) : unsigned(at + 4);
      long bytes = wide ? file.getLong(at + 16) : unsigned(at + 8);
      int type = info & 15;
      if (nameAt <= 0 || section == 0 || type > 2) {
        continue;
      }
      if (nameAt >= strings.length) {
        throw bad("symbol table: name offset " + nameAt + " is outside the string table");
      }
      String symbol = text(strings, nameAt);
      symbols.add(new ElfImage.Symbol(symbol, address, bytes, type != 1));
    }
  }

  private ImmutableList<ProbeSite> probes(
      List<ElfImage.Segment> segments, List<ElfImage.Note> notes, List<ElfImage.Symbol> symbols)
      throws ImageException {
    Function<String, OptionalLong> address =
        name -> {
          long[] all =
              symbols.stream()
                  .filter(s -> s.name().equals(name))
                  .mapToLong(ElfImage.Symbol::address)
                  .toArray();
          return all.length == 1 ? OptionalLong.of(all[0]) : OptionalLong.empty();
        };
    ImmutableList.Builder<ProbeSite> sites = ImmutableList.builder();
    Set<Long> seen = new HashSet<>();
    for (ElfImage.Note note : notes) {
      if (!isProbe(note)) {
        continue;
      }
      ProbeSite site;
      try {
        site = ProbeNote.parse(note.description(), address);
      } catch (IllegalArgumentException e) {
        throw bad("probe " + (seen.size() + 1) + ": " + e.getMessage());
      }
      if (segments.stream().noneMatch(segment -> executes(segment, site.address()))) {
        throw bad("probe " + site.name() + " is not in a segment that is executed");
      }
      if (!seen.add(site.address()) || seen.size() > ProbeSite.MAX_SITES) {
        throw bad("probe " + site.name() + ": its place has one already, or there are too many");
      }
      sites.add(site);
    }
    return sites.build();
  }

  private static boolean isProbe(ElfImage.Note note) {
    return note.owner().equals(ProbeSite.NOTE_OWNER) && note.type() == ProbeSite.NOTE_TYPE;
  }

  private static boolean executes(ElfImage.Segment segment, long address) {
    long offset = address - segment.virtual();
    return (segment.flags() & PF_X) != 0 && offset >= 0 && offset < segment.data().length;
  }

  private static String text(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private byte[] slice(String what, long offset, long size) throws ImageException {
    int start = range(what, offset, size);
    byte[] bytes = new byte[(int) size];
    file.get(start, bytes);
    return bytes;
  }

  private int range(String what, long offset, long size) throws ImageException {
    if (size < 0 || offset < 0 || size > file.capacity() || offset > file.capacity() - size) {
      throw bad(
          what
              + ": file bytes 0x"
              + Long.toHexString(offset)
              + " + 0x"
              + Long.toHexString(size)
              + " lie outside the file of "
              + file.capacity()
              + " bytes");
    }
    return (int) offset;
  }

  private long unsigned(int at) {
    return file.getInt(at) & 0xffff_ffffL;
  }

  static long unsigned32(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at) & 0xffff_ffffL;
  }

  private ImageException bad(String what) {
    return new ImageException(name, what);
  }
}
