package ringside.cpu.jvm.translate;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import ringside.cpu.jvm.CodePage;

/** An attachment is found by its RIP while nothing has changed that its block would know of. */
class LinksTest {
  private static final long RIP = 0xffff_ffff_8100_0040L;
  private static final long STAMP = 7;

  /** In the same slot. */
  private static final long SAME_SLOT = RIP ^ (1 << 10 | 1);

  private final Links links = new Links();
  private final Attachment attachment = attachment();

  private static Attachment attachment() {
    Region region = new Region(RegionWriter.write(new Parts().block("ffc0 inc eax\n").shape()));
    return new Attachment(region, 0, null, new CodePage[0], new long[0], STAMP);
  }

  @Test
  void itIsFoundWithItsStampOnly() {
    assertNull(links.find(RIP, STAMP));
    attachment.settled = true;
    links.add(RIP, STAMP, attachment);
    assertSame(attachment, links.find(RIP, STAMP));
    assertNull(links.find(RIP, STAMP + 1));
    assertNull(links.find(RIP + 1, STAMP));
  }

  @Test
  void oneOfTheSameSlotTakesItsPlace() {
    attachment.settled = true;
    links.add(RIP, STAMP, attachment);
    Attachment other = attachment();
    other.settled = true;
    links.add(SAME_SLOT, STAMP, other);
    assertNull(links.find(RIP, STAMP));
    assertSame(other, links.find(SAME_SLOT, STAMP));
  }

  @Test
  void anotherOneOfItsBlockUnsettlesIt() {
    Profile profile = new Profile();
    profile.attach(attachment);
    attachment.settled = true;
    links.add(RIP, STAMP, attachment);
    profile.attach(attachment());
    assertNull(links.find(RIP, STAMP));
  }

  @Test
  void whatIsAskedForInItsPlaceUnsettlesIt() {
    Profile profile = new Profile();
    profile.attach(attachment);
    attachment.settled = true;
    links.add(RIP, STAMP, attachment);
    profile.ask(new Translations.Ticket(), RIP, 1);
    assertNull(links.find(RIP, STAMP));
  }
}
