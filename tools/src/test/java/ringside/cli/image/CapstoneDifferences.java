package ringside.cli.image;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;

/** Where our decoder and Capstone are known to differ, and why we stay with ours. */
final class CapstoneDifferences {
  /** Instructions that the guests' CPUID does not offer; they are #UD, or what they were before. */
  private static final Pattern NOT_OFFERED =
      Pattern.compile(
          "v[a-z0-9]+|k[a-z]+[bwdq]|sha(1|256)\\w+|aes\\w+|pclmulqdq|gf2p8\\w+|movbe|ad[co]x|"
              + "tzcnt|lzcnt|andn|bextr\\w*|bl[cs]\\w+|bzhi|pdep|pext|mulx|rorx|s[ah][lr]x|tzmsk|"
              + "t1mskc|x(save|rstor)\\w*|xsetbv|x(begin|end|test|abort)|(rd|wr)[fg]sbase|"
              + "rd(rand|seed|pid|pru|pkru)|wrpkru|inv(ept|vpid|pcid|lpga)|"
              + "cl(wb|flushopt|zero|ac|gi)|"
              + "st(ac|gi)|cldemote|wbnoinvd|ptwrite|pconfig|encl[suv]|getsec|rsm|skinit|"
              + "bnd[a-z]+|(rd|inc|set|clr|wr|wru|save|rstor)\\w*ss\\w*|endbr(32|64)|movdir(i|64b)|"
              + "(monitor|mwait)x|u?mwait|umonitor|tpause|x(sha\\w+|crypt\\w+|store)|"
              + "montmul|llwpcb|"
              + "slwpcb|lwp\\w+|mov(ntsd|ntss)|(extr|insert)q|femms|p[fi]\\w+|pavgusb|pmulhrw|"
              + "pswapd|prefetchwt1|enqcmds?|serialize|xsusldtrk|xresldtrk|seamcall|tdcall");

  /** A reason for a difference. */
  private record Reason(String why, Predicate<CapstoneComparison> holds) {}

  private static final List<Reason> REASONS =
      List.of(
          new Reason(
              "what CPUID does not offer is #UD, a NOP, or BSF and BSR",
              c ->
                  NOT_OFFERED.matcher(c.theirName()).matches()
                      && (c.weRefuse() || c.ourText.matches("(nop|bs[fr]|wbinvd|prefetch)\\b.*"))),
          new Reason(
              "SSE and MMX rows, and groups of 0F 01 and 0F AE, take only the prefixes they name",
              c -> c.weRefuse() && (c.unnamedPrefix())),
          new Reason(
              "Capstone takes MOV of CR1, CR5 to CR7, DR8 and up, and to CS",
              c -> c.weRefuse() && c.theirText.matches(".*\\b([cd]r\\d+|cs)\\b.*")),
          new Reason(
              "SWAPGS is there in 64-bit mode only",
              c -> c.weRefuse() && c.mode != CodeMode.BITS64 && c.theirText.equals("swapgs")),
          new Reason(
              "Capstone takes LOCK where the destination is a register",
              c -> c.weRefuse() && c.ours.has(Insn.LOCK)),
          new Reason(
              "hint NOPs 0F 0D and 0F 18 to 0F 1F, with whatever operand",
              c -> c.ourText.matches("(nop|prefetch) .*")),
          new Reason(
              "Capstone wants REX.W for MOVSXD",
              c -> c.theyRefuse() && c.ourText.startsWith("movsxd")),
          new Reason("UD0 and UD1 have a ModRM byte", c -> c.ourText.matches("ud[01] .*")),
          new Reason(
              "aliases in the x87 and fence encodings that processors take",
              c -> c.theyRefuse() && c.ourText.matches("(fcomp?|fxch|fstp|[lms]fence)\\b.*")),
          new Reason(
              "F2 does nothing to BSF and BSR",
              c -> c.theyRefuse() && c.ourText.matches("bs[fr] .*")),
          new Reason(
              "in 64-bit mode near branches ignore 66, as Intel's processors do",
              c ->
                  c.mode == CodeMode.BITS64 && c.has(0x66) && c.ourText.matches("(j|call|loop).*")),
          new Reason(
              "Capstone shortens targets behind 67 outside 64-bit mode",
              c -> c.mode == CodeMode.BITS32 && c.has(0x67) && c.ourText.matches("(j|call).*")),
          new Reason(
              "Capstone cuts addresses without a register to 16 bits in 16-bit code, also behind"
                  + " 67",
              c -> c.mode == CodeMode.BITS16 && c.has(0x67) && c.ourText.contains("[0x")),
          new Reason(
              "in 64-bit mode ES, CS, SS and DS prefixes are ignored and leave FS and GS in force",
              c ->
                  c.mode == CodeMode.BITS64
                      && c.ourText.matches(".* [fg]s:\\[.*")
                      && !c.theirText.matches(".* [fg]s:\\[.*")),
          new Reason(
              "comparisons with a predicate as number",
              c ->
                  c.ourText.matches("cmp[ps][sd] .*") && c.theirText.matches("cmp\\w+[ps][sd] .*")),
          new Reason(
              "Capstone reads the operand size of 16-bit code the wrong way round",
              c -> c.mode == CodeMode.BITS16 && c.ourText.matches("(cwde?|cbw|cdq|imul)\\b.*")),
          new Reason(
              "Capstone knows no mandatory 66 in 16-bit code",
              c ->
                  c.mode == CodeMode.BITS16
                      && c.has(0x66)
                      && !c.weRefuse()
                      && c.ours.form.opcode().startsWith("66 ")));

  private CapstoneDifferences() {}

  /** Why these two may differ; empty when there is no reason. */
  static Optional<String> reason(CapstoneComparison comparison) {
    return REASONS.stream().filter(r -> r.holds.test(comparison)).map(Reason::why).findFirst();
  }
}
