package ringside.xenstore;

import static ringside.abi.gen.ErrnoAbi.EINVAL;

/**
 * What a domain may do to a node, as "r5" on the wire: n nothing, r read, w write, b both.
 *
 * @param rights {@link #READ} and {@link #WRITE}
 */
record Permission(int domid, int rights) {
  static final int READ = 1;
  static final int WRITE = 2;

  private static final String LETTERS = "nrwb";

  static Permission parse(String text) throws StoreError {
    int rights = text.isEmpty() ? -1 : LETTERS.indexOf(text.charAt(0));
    if (rights < 0) {
      throw new StoreError(EINVAL);
    }
    return new Permission(StoreText.domid(text.substring(1)), rights);
  }

  @Override
  public String toString() {
    return LETTERS.charAt(rights) + Integer.toString(domid);
  }
}
