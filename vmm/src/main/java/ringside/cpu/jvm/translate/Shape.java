package ringside.cpu.jvm.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * What a region consists of: blocks, the first of which is an entry, as others may be. No two
 * overlap, unless an instruction lies across another.
 *
 * @param prompt other threads may call ({@link ringside.cpu.jvm.Core#called}); loops look for that
 * @param whole left so often that its method may be longer than others, see {@link RegionWriter}
 * @param careful RIPs of instructions whose accesses often miss the fast path
 * @param chosen the most important first, uncut
 * @param parts in the order in which they are written
 * @param numbers of the parts by RIP
 * @param returns see {@link Returns}
 */
record Shape(
    CodeMode mode,
    Flavour flavour,
    boolean prompt,
    boolean whole,
    Set<Long> careful,
    List<Part> chosen,
    List<Part> parts,
    Map<Long, Integer> numbers,
    Map<Long, List<Long>> returns) {

  /**
   * A block as it was when it was chosen.
   *
   * @param rip of the first instruction; code segments are flat, so it is the linear address
   * @param code bytes of all instructions, as they were decoded
   * @param targets where its last instruction was seen to go, if that is an indirect one
   * @param entry the region may be entered here; the first block's is always true
   */
  record Part(long rip, List<Insn> insns, byte[] code, long[] targets, boolean entry) {
    int bytes() {
      return code.length;
    }

    long end() {
      return rip + code.length;
    }

    /** Cut before another part that begins in this one. */
    private Part before(Map<Long, Part> others) {
      long at = rip;
      for (int k = 0; k < insns.size(); k++) {
        if (k > 0 && others.containsKey(at)) {
          byte[] first = Arrays.copyOf(code, (int) (at - rip));
          return new Part(rip, insns.subList(0, k), first, new long[0], entry);
        }
        at += insns.get(k).length;
      }
      return this;
    }
  }

  static Shape of(
      CodeMode mode,
      Flavour flavour,
      boolean prompt,
      boolean whole,
      Set<Long> careful,
      List<Part> chosen) {
    Map<Long, Part> all = new HashMap<>();
    chosen.forEach(p -> all.put(p.rip(), p));
    List<Part> parts = new ArrayList<>();
    Map<Long, Integer> numbers = new HashMap<>();
    for (Part first : chosen) {
      Part p = first;
      while (p != null && !numbers.containsKey(p.rip())) {
        numbers.put(p.rip(), parts.size());
        Part cut = p.before(all);
        parts.add(cut);
        p = all.get(cut.end());
      }
    }
    return new Shape(
        mode,
        flavour,
        prompt,
        whole,
        careful,
        List.copyOf(chosen),
        List.copyOf(parts),
        numbers,
        Returns.of(parts, mode));
  }

  /** The same with only the most important blocks. */
  Shape first(int count) {
    return of(mode, flavour, prompt, whole, careful, chosen.subList(0, count));
  }

  /**
   * Whether a region of other parts would do no more: they are in here with all their ways, and
   * what has to be done carefully is; it is of that flavour, too.
   *
   * @param full no more parts than these had room: those behind as many others would have none, too
   */
  boolean does(List<Part> others, Flavour wanted, Set<Long> carefully, boolean full) {
    return minds(wanted, carefully)
        && others.stream().limit(full ? chosen.size() : others.size()).allMatch(this::does);
  }

  /** It is of that flavour, and does all of these instructions carefully. */
  boolean minds(Flavour wanted, Set<Long> carefully) {
    return flavour == wanted && careful.containsAll(carefully);
  }

  private boolean does(Part other) {
    int number = at(other.rip());
    if (number < 0) {
      return false;
    }
    Part own = parts.get(number);
    return own.bytes() != other.bytes() // cut before another
        || Arrays.stream(other.targets())
            .allMatch(t -> at(t) < 0 || Arrays.stream(own.targets()).anyMatch(o -> o == t));
  }

  Shape in(Flavour other) {
    return of(mode, other, prompt, whole, careful, chosen);
  }

  /** Number of the part there, or -1. */
  int at(long rip) {
    return numbers.getOrDefault(rip, -1);
  }

  /** Numbers of the parts at which the region may be entered; the first one's, 0, comes first. */
  List<Integer> entries() {
    return IntStream.range(0, parts.size()).filter(n -> parts.get(n).entry()).boxed().toList();
  }

  /** Numbers of the parts that a part goes on at. */
  List<Integer> ways(Part part) {
    List<Long> rips = new ArrayList<>();
    Insn last = part.insns().getLast();
    switch (last.mnemonic) {
      case RET -> rips.addAll(returns.get(part.rip()));
      case JMP, CALL, JCC, LOOP, LOOPE, LOOPNE, JCXZ -> {
        if (ControlCode.direct(last)) {
          rips.add(ControlCode.target(part.end() - last.length, last));
        }
        if (last.mnemonic != Mnemonic.JMP && last.mnemonic != Mnemonic.CALL) {
          rips.add(part.end());
        }
      }
      default -> rips.add(part.end());
    }
    for (long target : part.targets()) {
      rips.add(target);
    }
    long mask = Gen.mask(mode == CodeMode.BITS64 ? 8 : 4);
    return rips.stream().map(rip -> at(rip & mask)).filter(n -> n >= 0).toList();
  }

  int instructions() {
    return parts.stream().mapToInt(p -> p.insns().size()).sum();
  }
}
