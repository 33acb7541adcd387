package ringside.domain;

/** What a test guest says of itself, in XTF's words: its last line "Test result: ...". */
public enum Verdict {
  /** It said nothing, and need not. */
  NONE,
  SUCCESS,
  /** It could not test here, for a good reason. */
  SKIP,
  /** It could not test, and should have. */
  ERROR,
  FAILURE;

  public boolean well() {
    return this != ERROR && this != FAILURE;
  }
}
