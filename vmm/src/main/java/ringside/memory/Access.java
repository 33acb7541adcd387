package ringside.memory;

/** What a domain may do with a page of its guest-physical space; who stands later may do more. */
public enum Access {
  /** Nothing is there: reads answer all ones, writes are dropped. */
  NONE,
  /** A frame granted read-only: a guest write raises #GP in the guest, as on Xen. */
  READ_ONLY,
  READ_WRITE
}
