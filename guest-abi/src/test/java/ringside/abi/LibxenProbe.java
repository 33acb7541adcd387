package ringside.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a C compiler for values of Xen's own headers. The values are read from the assembly it
 * writes, so that no C library of the width is needed and nothing is run.
 */
final class LibxenProbe {
  private static final Pattern VALUE =
      Pattern.compile("->(\\S+) \\$?(-?\\d+) \\$?(-?\\d+)", Pattern.MULTILINE);
  private final StringBuilder source = new StringBuilder();

  LibxenProbe() {
    source.append("#define __XEN_TOOLS__ 1\n#include <stdint.h>\n");
    for (String header :
        List.of(
            "xen.h",
            "errno.h",
            "version.h",
            "event_channel.h",
            "sched.h",
            "memory.h",
            "hvm/hvm_op.h",
            "hvm/params.h",
            "hvm/hvm_vcpu.h",
            "vcpu.h",
            "grant_table.h",
            "physdev.h",
            "elfnote.h",
            "io/console.h",
            "io/xs_wire.h",
            "arch-x86/cpuid.h",
            "arch-x86/hvm/start_info.h")) {
      source.append("#include <xen/").append(header).append(">\n");
    }
    source.append("#define PROBE(name, value) __asm__(\".ascii \\\"->\" name \" %c0 %c1\\\"\" : :");
    source.append(" \"i\"((int)((unsigned long long)(value) & 0xffffffffu)),");
    source.append(" \"i\"((int)((unsigned long long)(value) >> 32)))\n");
    source.append("void probe(void);\nvoid probe(void) {\n");
  }

  /** Asks for the value of an expression. */
  void ask(String key, String expression) {
    source.append("PROBE(\"%s\", %s);%n".formatted(key, expression));
  }

  /** Asks for a macro, if these headers have it. */
  void askIfDefined(String key) {
    source.append("#ifdef %s%nPROBE(\"%s\", %s);%n#endif%n".formatted(key, key, key));
  }

  /** The answers by key. */
  Map<String, Long> answers(Compiler compiler, Width width, Path folder) throws IOException {
    Path file = folder.resolve("probe.c");
    Path assembly = folder.resolve("probe.s");
    Files.writeString(file, source + "}\n");
    List<String> options =
        List.of(
            width == Width.W64 ? "-m64" : "-m32",
            "-std=gnu11",
            "-ffreestanding",
            "-O1",
            "-S",
            "-o",
            assembly.toString());
    Compiler.Output output = compiler.run(file, options);
    if (output.exitCode() != 0) {
      throw new AssertionError("the probe does not compile:\n" + output.text());
    }
    Map<String, Long> answers = new TreeMap<>();
    Matcher value = VALUE.matcher(Files.readString(assembly));
    while (value.find()) {
      long low = Long.parseLong(value.group(2)) & 0xffff_ffffL;
      answers.put(value.group(1), Long.parseLong(value.group(3)) << 32 | low);
    }
    return answers;
  }
}
