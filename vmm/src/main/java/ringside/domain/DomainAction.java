package ringside.domain;

/** What becomes of a domain that stopped (xl.cfg: on_poweroff, on_reboot, on_crash). */
public enum DomainAction {
  /** Its memory and ports are given back. */
  DESTROY,
  /**
   * It is built anew from its image, under the same domid; destroyed when that has been done {@link
   * RestartLimit#MOST} times in succession.
   */
  RESTART,
  /** It stays as it is, to be looked at; nothing of it runs. */
  PRESERVE
}
