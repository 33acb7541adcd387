package ringside.cli;

/** What results look like; the names are what the option takes. */
public enum Format {
  text,
  json
}
