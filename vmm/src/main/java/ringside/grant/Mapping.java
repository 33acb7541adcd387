package ringside.grant;

/**
 * A foreign page that a domain has mapped.
 *
 * @param granter whose grant it is; its table may be closed already
 * @param gfn where it is in the mapper
 */
public record Mapping(GrantTable granter, int ref, long gfn, long mfn, boolean readonly) {
  /** domid of the granter. */
  public int domain() {
    return granter.domain().id();
  }
}
