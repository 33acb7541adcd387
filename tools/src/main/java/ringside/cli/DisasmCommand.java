package ringside.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.cli.image.Capstone;
import ringside.cli.image.Capstone.Instruction;
import ringside.domain.ElfImage;

/** An image's code as text, by libcapstone. */
@Command(
    name = "disasm",
    description = "Show an image's code as text: of a function, of a range, or all of it.",
    mixinStandardHelpOptions = true)
final class DisasmCommand implements Runnable {
  private final Ringside ringside;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "A file, or the name of a built image.")
  private String what;

  @Parameters(index = "1", arity = "0..1", paramLabel = "SYMBOL", description = "A function.")
  private String symbol;

  @Option(names = "--from", paramLabel = "ADDRESS", description = "First virtual address.")
  private String from;

  @Option(names = "--to", paramLabel = "ADDRESS", description = "Address behind the last.")
  private String to;

  @Option(
      names = "--bits",
      paramLabel = "N",
      description = "Decode as 32- or 64-bit code; default as the image's class says.")
  private Integer bits;

  @Mixin private FormatOption format;

  private record Range(long from, long to) {}

  private record LineJson(String address, String symbol, String bytes, String text) {}

  private record DisasmJson(String file, String disassembler, List<LineJson> instructions) {}

  DisasmCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    ElfImage image = ImageFile.read(what);
    if (bits != null && bits != 32 && bits != 64) {
      throw new UserError("--bits " + bits + ": x86 code is 32 or 64 bits here");
    }
    Capstone capstone =
        Capstone.find()
            .orElseThrow(
                () -> new UserError("there is no libcapstone 4 or 5", Capstone.HOW_TO_GET));
    List<Instruction> instructions = new ArrayList<>();
    for (Range range : ranges(image)) {
      instructions.addAll(decode(image, capstone, range));
    }
    if (format.json()) {
      List<LineJson> lines = instructions.stream().map(i -> line(image, i)).toList();
      ringside.terminal().out().println(Json.text(new DisasmJson(what, capstone.version(), lines)));
    } else {
      print(image, instructions);
    }
  }

  private List<Range> ranges(ElfImage image) {
    if (symbol != null) {
      return List.of(ofSymbol(image));
    }
    if (from != null || to != null) {
      long first = from == null ? 0 : address("--from", from);
      return List.of(new Range(first, to == null ? Long.MAX_VALUE : address("--to", to)));
    }
    return image.segments().stream()
        .filter(segment -> (segment.flags() & 1) != 0)
        .map(segment -> new Range(segment.virtual(), segment.virtual() + segment.data().length))
        .toList();
  }

  /** Up to its size; a symbol without one ends where the next begins. */
  private Range ofSymbol(ElfImage image) {
    List<ElfImage.Symbol> symbols = image.symbols();
    for (ElfImage.Symbol s : symbols) {
      if (s.name().equals(symbol)) {
        long end =
            s.size() != 0
                ? s.address() + s.size()
                : symbols.stream()
                    .mapToLong(ElfImage.Symbol::address)
                    .filter(a -> a > s.address())
                    .min()
                    .orElse(Long.MAX_VALUE);
        return new Range(s.address(), end);
      }
    }
    List<String> names =
        symbols.stream().filter(ElfImage.Symbol::function).map(ElfImage.Symbol::name).toList();
    String hint =
        Suggestion.nearest(symbol, names)
            .map(name -> "did you mean \"" + name + "\"?")
            .orElse("list its symbols with: ringside image info --symbols " + what);
    throw new UserError(what + " has no symbol \"" + symbol + "\"", hint);
  }

  private static long address(String option, String text) {
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      UserError error = new UserError(option + " " + text + " is no address like 0x100000");
      error.initCause(e);
      throw error;
    }
  }

  /** Bytes that are no instruction become ".byte", and decoding goes on behind them. */
  private List<Instruction> decode(ElfImage image, Capstone capstone, Range range) {
    int mode = bits == null ? image.bits() : bits;
    List<Instruction> all = new ArrayList<>();
    for (ElfImage.Segment segment : image.segments()) {
      long start = Math.max(range.from(), segment.virtual());
      long end = Math.min(range.to(), segment.virtual() + segment.data().length);
      while (start < end) {
        byte[] code =
            Arrays.copyOfRange(
                segment.data(), (int) (start - segment.virtual()), (int) (end - segment.virtual()));
        List<Instruction> some = capstone.disassemble(code, start, mode, 0);
        all.addAll(some);
        for (Instruction i : some) {
          start += i.bytes().length;
        }
        if (start < end) {
          byte[] odd = {segment.data()[(int) (start - segment.virtual())]};
          all.add(new Instruction(start++, odd, ".byte", "0x%02x".formatted(odd[0])));
        }
      }
    }
    if (all.isEmpty()) {
      throw new UserError(
          what + ": no segment has bytes at 0x" + Long.toHexString(range.from()),
          "see its segments with: ringside image info " + what);
    }
    return all;
  }

  private static LineJson line(ElfImage image, Instruction i) {
    return new LineJson(
        "0x" + Long.toHexString(i.address()),
        image.locate(i.address()).map(Object::toString).orElse(null),
        HexFormat.of().formatHex(i.bytes()),
        i.text());
  }

  private void print(ElfImage image, List<Instruction> instructions) {
    PrintWriter out = ringside.terminal().out();
    for (Instruction i : instructions) {
      image
          .locate(i.address())
          .filter(place -> place.offset() == 0)
          .ifPresent(place -> out.println(place + ":"));
      String bytes = HexFormat.ofDelimiter(" ").formatHex(i.bytes());
      out.println("  %8x  %-30s  %s".formatted(i.address(), bytes, i.text()));
    }
  }
}
