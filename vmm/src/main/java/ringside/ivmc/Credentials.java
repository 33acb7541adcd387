package ringside.ivmc;

/**
 * Whom a server takes the programs of a client domain for. The system description says it, never
 * the domain.
 *
 * @param uid unsigned; 0: may do everything
 * @param gid unsigned
 */
public record Credentials(int uid, int gid) {
  public static final Credentials SUPERUSER = new Credentials(0, 0);

  /** As the description has it: UID:GID. */
  @Override
  public String toString() {
    return Integer.toUnsignedString(uid) + ":" + Integer.toUnsignedString(gid);
  }
}
