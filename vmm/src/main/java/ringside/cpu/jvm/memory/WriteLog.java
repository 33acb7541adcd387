package ringside.cpu.jvm.memory;

/**
 * Hears of pages that a processor is about to write, so that somebody can undo it: of guest stores
 * and of bits that walks set in page tables.
 *
 * <p>Of a page it hears before the first store; of later ones only once {@link Mmu#logAgain} was
 * called.
 */
@FunctionalInterface
public interface WriteLog {
  /**
   * @param pageTable it is an accessed or dirty bit that is to be set
   */
  void beforeWrite(long gfn, boolean pageTable);
}
