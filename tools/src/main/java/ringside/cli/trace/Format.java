package ringside.cli.trace;

/** What results look like; the names are what the option takes. */
enum Format {
  text,
  json
}
