package ringside.cpu;

/** Segment registers, in the order of their encoding, then the system ones. */
public enum SegmentRegister {
  ES,
  CS,
  SS,
  DS,
  FS,
  GS,
  TR,
  LDTR
}
