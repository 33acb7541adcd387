package ringside.cli.image;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * libcapstone, version 4 or 5, as far as x86 text needs it. Looked for in the file that
 * RINGSIDE_CAPSTONE names, else in the user's cache that tools/fetch-unicorn fills, else among the
 * system's libraries.
 *
 * <p>Does not give operands or groups of instructions, only their text.
 */
public final class Capstone {
  /** What to do when there is none. */
  public static final String HOW_TO_GET =
      "install libcapstone (Debian: apt install libcapstone4, or run tools/fetch-unicorn), or name"
          + " the file in RINGSIDE_CAPSTONE";

  private static final int CS_ARCH_X86 = 3;
  private static final int CS_MODE_16 = 1 << 1;
  private static final int CS_MODE_32 = 1 << 2;
  private static final int CS_MODE_64 = 1 << 3;

  private static final List<String> SYSTEM_NAMES =
      List.of("libcapstone.so.5", "libcapstone.so.4", "libcapstone.so");

  private static Optional<Capstone> found;

  private final String where;
  private final String version;
  private final MethodHandle open;
  private final MethodHandle disasm;
  private final MethodHandle free;
  private final MethodHandle close;
  private final Layout layout;

  /** Offsets in struct cs_insn, and its size. Version 5 has 24 places for bytes where 4 has 16. */
  private record Layout(long size, long bytes, long mnemonic, long operands, long struct) {}

  private static final Layout VERSION_4 = new Layout(16, 18, 34, 66, 240);
  private static final Layout VERSION_5 = new Layout(16, 18, 42, 74, 248);
  private static final long ADDRESS_OFFSET = 8;

  /** An instruction as text. */
  public record Instruction(long address, byte[] bytes, String mnemonic, String operands) {
    public String text() {
      return operands.isEmpty() ? mnemonic : mnemonic + " " + operands;
    }
  }

  private Capstone(String where, SymbolLookup symbols, int[] version) {
    Linker linker = Linker.nativeLinker();
    this.where = where;
    this.version = version[0] + "." + version[1];
    this.layout = version[0] >= 5 ? VERSION_5 : VERSION_4;
    this.open =
        linker.downcallHandle(
            symbols.findOrThrow("cs_open"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS));
    this.disasm =
        linker.downcallHandle(
            symbols.findOrThrow("cs_disasm"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
    this.free =
        linker.downcallHandle(
            symbols.findOrThrow("cs_free"),
            FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    this.close =
        linker.downcallHandle(
            symbols.findOrThrow("cs_close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  }

  /** The library, looked for once; empty when there is none that fits. */
  public static synchronized Optional<Capstone> find() {
    if (found == null) {
      found = search();
    }
    return found;
  }

  private static Optional<Capstone> search() {
    String setting = System.getenv("RINGSIDE_CAPSTONE");
    if (setting != null && !setting.isEmpty()) {
      return open(setting);
    }
    List<String> names = new ArrayList<>();
    String cache = System.getenv("XDG_CACHE_HOME");
    String home = System.getenv("HOME");
    if (cache != null && !cache.isEmpty()) {
      names.add(cache + "/ringside/lib/libcapstone.so.5");
    } else if (home != null) {
      names.add(home + "/.cache/ringside/lib/libcapstone.so.5");
    }
    names.addAll(SYSTEM_NAMES);
    return names.stream().map(Capstone::open).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Capstone> open(String name) {
    if (name.contains("/") && !Files.isReadable(Path.of(name))) {
      return Optional.empty();
    }
    try {
      SymbolLookup symbols =
          name.contains("/")
              ? SymbolLookup.libraryLookup(Path.of(name), Arena.global())
              : SymbolLookup.libraryLookup(name, Arena.global());
      int[] version = version(symbols);
      return version[0] == 4 || version[0] == 5
          ? Optional.of(new Capstone(name, symbols, version))
          : Optional.empty();
    } catch (IllegalArgumentException | NoSuchElementException e) {
      return Optional.empty(); // not there, or no Capstone; the next name may be
    }
  }

  private static int[] version(SymbolLookup symbols) {
    MethodHandle function =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.findOrThrow("cs_version"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(ValueLayout.JAVA_INT, 2);
      int packed = (int) function.invokeExact(numbers, numbers.asSlice(4));
      return new int[] {packed >>> 8, packed & 0xff};
    } catch (Throwable t) {
      throw new IllegalStateException("cs_version failed", t);
    }
  }

  /** Name and version, for reports. */
  public String version() {
    return "libcapstone " + version + " (" + where + ")";
  }

  /** The first instruction of some code; empty when its bytes are none. */
  public Optional<Instruction> first(byte[] code, long address, int bits) {
    return disassemble(code, address, bits, 1).stream().findFirst();
  }

  /**
   * Instructions up to the end of the code, or to the first bytes that are none.
   *
   * @param bits 16, 32 or 64
   * @param limit most instructions, 0 for no limit
   */
  public List<Instruction> disassemble(byte[] code, long address, int bits, int limit) {
    try (Session session = session(bits)) {
      return session.disassemble(code, address, limit);
    }
  }

  /**
   * The library opened for one mode, for many pieces of code.
   *
   * @param bits 16, 32 or 64
   */
  public Session session(int bits) {
    return new Session(bits);
  }

  /** An open handle of the library. For one thread. */
  public final class Session implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);

    private Session(int bits) {
      int mode = bits == 64 ? CS_MODE_64 : bits == 32 ? CS_MODE_32 : CS_MODE_16;
      int error;
      try {
        error = (int) open.invokeExact(CS_ARCH_X86, mode, handle);
      } catch (Throwable t) {
        throw new IllegalStateException("cs_open failed", t);
      }
      if (error != 0) {
        throw new IllegalStateException("cs_open failed with error " + error);
      }
    }

    /** See {@link Capstone#disassemble}. */
    public List<Instruction> disassemble(byte[] code, long address, int limit) {
      try (Arena buffers = Arena.ofConfined()) {
        return run(buffers, handle.get(ValueLayout.JAVA_LONG, 0), code, address, limit);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable t) {
        throw new IllegalStateException("a call into libcapstone failed", t);
      }
    }

    @Override
    public void close() {
      try {
        int ignored = (int) close.invokeExact(handle);
      } catch (Throwable t) {
        throw new IllegalStateException("cs_close failed", t);
      }
      arena.close();
    }
  }

  private List<Instruction> run(Arena arena, long handle, byte[] code, long address, int limit)
      throws Throwable {
    MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, code);
    MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
    long count =
        (long) disasm.invokeExact(handle, bytes, (long) code.length, address, (long) limit, result);
    List<Instruction> instructions = new ArrayList<>();
    if (count > 0) {
      MemorySegment first = result.get(ValueLayout.ADDRESS, 0);
      MemorySegment all = first.reinterpret(count * layout.struct());
      for (long i = 0; i < count; i++) {
        instructions.add(instruction(all.asSlice(i * layout.struct(), layout.struct())));
      }
      free.invokeExact(first, count);
    }
    return instructions;
  }

  private Instruction instruction(MemorySegment insn) {
    int size = insn.get(ValueLayout.JAVA_SHORT, layout.size());
    byte[] bytes = insn.asSlice(layout.bytes(), size).toArray(ValueLayout.JAVA_BYTE);
    return new Instruction(
        insn.get(ValueLayout.JAVA_LONG, ADDRESS_OFFSET),
        bytes,
        insn.getString(layout.mnemonic(), StandardCharsets.US_ASCII),
        insn.getString(layout.operands(), StandardCharsets.US_ASCII));
  }
}
