package ringside.cli.system;

import com.google.common.primitives.UnsignedInts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.ivmc.Credentials;

/** A user and a group by number, like "1000:1000". */
record CredentialsType() implements ValueType<Credentials> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,10}):(\\d{1,10})");

  /** The largest means nobody to chown. */
  private static final long MAXIMUM = 0xffff_fffeL;

  @Override
  public String describe() {
    return "UID:GID, each 0 to " + MAXIMUM;
  }

  @Override
  public Credentials fromToml(Object value) {
    if (value instanceof String text) {
      return fromText(text);
    }
    throw new IllegalArgumentException("must be UID:GID in quotes, like \"1000:1000\"");
  }

  @Override
  public Credentials fromText(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()
        || Long.parseLong(matcher.group(1)) > MAXIMUM
        || Long.parseLong(matcher.group(2)) > MAXIMUM) {
      throw new IllegalArgumentException("\"" + text + "\" is no " + describe());
    }
    return new Credentials(
        UnsignedInts.parseUnsignedInt(matcher.group(1)),
        UnsignedInts.parseUnsignedInt(matcher.group(2)));
  }

  @Override
  public String show(Credentials value) {
    return "\"" + value + "\"";
  }
}
