package ringside.cpu.jvm.translate;

import java.util.HashSet;
import java.util.Set;

/** How many looks need not be made since others stand. */
public final class StandingCount {
  private StandingCount() {}

  /** In all regions that are kept. */
  public static int of(Translations translations) {
    return translations.all().stream().mapToInt(region -> of(region.shape)).sum();
  }

  private static int of(Shape shape) {
    Standing standing = Standing.of(shape, Ahead.of(shape));
    Set<Reach> found = new HashSet<>();
    for (int block = 0; block < shape.parts().size(); block++) {
      Reaches reaches = standing.reaches(block, 0);
      int insns = Rounds.insns(shape.parts().get(block), shape.mode()).size();
      for (int k = 0; k < insns; k++) {
        add(reaches.operand(k), found);
        add(reaches.stack(k), found);
      }
    }
    return found.size();
  }

  private static void add(Reaches.Member member, Set<Reach> found) {
    if (member != null && member.reach().stands()) {
      found.add(member.reach());
    }
  }
}
