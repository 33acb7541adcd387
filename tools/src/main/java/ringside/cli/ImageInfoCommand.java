package ringside.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.abi.Abi;
import ringside.abi.AbiConstant;
import ringside.domain.ElfImage;

/** What an ELF file holds, as the loader sees it. */
@Command(
    name = "info",
    description = "Show an image's class, entry points, segments, notes and symbols.",
    mixinStandardHelpOptions = true)
final class ImageInfoCommand implements Runnable {
  private static final int EM_386 = 3;
  private static final String NOTE_GROUP = "XEN_ELFNOTE";

  private final Ringside ringside;

  @Parameters(paramLabel = "IMAGE", description = "A file, or the name of a built image.")
  private String what;

  @Option(names = "--symbols", description = "List the symbols too.")
  private boolean symbols;

  @Mixin private FormatOption format;

  private record SegmentJson(
      String physical, String virtual, long fileSize, long memorySize, String flags) {}

  private record NoteJson(String owner, int type, String name, String value) {}

  private record SymbolJson(String name, String address, long size, boolean function) {}

  private record ImageJson(
      String file,
      int elfClass,
      String machine,
      String entry,
      String pvhEntry,
      List<SegmentJson> segments,
      List<NoteJson> notes,
      int symbolCount,
      List<SymbolJson> symbols) {}

  ImageInfoCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    ElfImage image = ImageFile.read(what);
    ImageJson json = describe(image);
    PrintWriter out = ringside.terminal().out();
    if (format.json()) {
      out.println(Json.text(json));
    } else {
      print(out, json);
    }
  }

  private ImageJson describe(ElfImage image) {
    return new ImageJson(
        what,
        image.bits(),
        image.machine() == EM_386 ? "EM_386" : "EM_X86_64",
        hex(image.entry()),
        image.pvhEntry().map(ImageInfoCommand::hex).orElse(null),
        image.segments().stream()
            .map(
                s ->
                    new SegmentJson(
                        hex(s.physical()),
                        hex(s.virtual()),
                        s.data().length,
                        s.memorySize(),
                        flags(s.flags())))
            .toList(),
        image.notes().stream().map(ImageInfoCommand::note).toList(),
        image.symbols().size(),
        symbols
            ? image.symbols().stream()
                .map(s -> new SymbolJson(s.name(), hex(s.address()), s.size(), s.function()))
                .toList()
            : null);
  }

  private static NoteJson note(ElfImage.Note note) {
    boolean xen = note.owner().equals("Xen");
    String name = xen ? noteName(note.type()) : null;
    return new NoteJson(note.owner(), note.type(), name, value(note.description()));
  }

  private static String noteName(int type) {
    return Abi.xen()
        .group(NOTE_GROUP)
        .flatMap(group -> group.byValue(type))
        .map(AbiConstant::name)
        .orElse(null);
  }

  /** Text in quotes when it is one, else a number, else bytes. */
  private static String value(byte[] bytes) {
    int length = bytes.length;
    boolean text = length > 1 && bytes[length - 1] == 0;
    for (int i = 0; text && i < length - 1; i++) {
      text = bytes[i] >= ' ' && bytes[i] < 0x7f;
    }
    if (text) {
      return "\"" + new String(bytes, 0, length - 1, StandardCharsets.US_ASCII) + "\"";
    }
    if (length != 4 && length != 8) {
      return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
    long number = 0;
    for (int i = length - 1; i >= 0; i--) {
      number = number << 8 | bytes[i] & 0xff;
    }
    return hex(number);
  }

  private static String flags(int flags) {
    return ((flags & 4) != 0 ? "r" : "-")
        + ((flags & 2) != 0 ? "w" : "-")
        + ((flags & 1) != 0 ? "x" : "-");
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private static void print(PrintWriter out, ImageJson image) {
    out.println("file       " + image.file());
    out.println("class      ELFCLASS" + image.elfClass() + ", " + image.machine());
    out.println("entry      " + image.entry());
    String pvh = image.pvhEntry();
    out.println("PVH entry  " + (pvh == null ? "none: boot does not take this image" : pvh));
    Table segments = new Table("segment>", "physical", "virtual", "file>", "memory>", "flags");
    for (int i = 0; i < image.segments().size(); i++) {
      SegmentJson s = image.segments().get(i);
      segments.row(i, s.physical(), s.virtual(), s.fileSize(), s.memorySize(), s.flags());
    }
    out.println();
    out.println(segments);
    Table notes = new Table("note owner", "type>", "name", "value");
    for (NoteJson note : image.notes()) {
      notes.row(note.owner(), note.type(), note.name() == null ? "-" : note.name(), note.value());
    }
    out.println();
    out.println(notes);
    out.println();
    out.println(
        image.symbolCount()
            + " symbols"
            + (image.symbols() == null ? "; list them with --symbols" : ""));
    if (image.symbols() != null) {
      Table symbols = new Table("address", "size>", "symbol");
      image.symbols().forEach(s -> symbols.row(s.address(), s.size(), s.name()));
      out.println(symbols);
    }
  }
}
