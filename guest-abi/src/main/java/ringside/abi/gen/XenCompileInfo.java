package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_compile_info}. Who compiled the hypervisor; all texts are NUL-terminated. */
public final class XenCompileInfo extends Snapshot {
  /** out char[64]: compiler and version. */
  public static final AbiOffset COMPILER = new AbiOffset("compiler", 0, 0, 64, 64);

  /** out char[16]: user. */
  public static final AbiOffset COMPILE_BY = new AbiOffset("compile_by", 64, 64, 16, 16);

  /** out char[32]: domain name. */
  public static final AbiOffset COMPILE_DOMAIN = new AbiOffset("compile_domain", 80, 80, 32, 32);

  /** out char[32]: date. */
  public static final AbiOffset COMPILE_DATE = new AbiOffset("compile_date", 112, 112, 32, 32);

  private XenCompileInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 144;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenCompileInfo of(byte[] bytes, Width width) {
    return new XenCompileInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenCompileInfo of(byte[] bytes, int base, Width width) {
    return new XenCompileInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenCompileInfo zero(Width width) {
    return new XenCompileInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_compile_info";
  }

  /** Text up to its NUL. */
  public String compiler() {
    return getText(0, 64);
  }

  /** Sets the text and fills with zeros. */
  public void compiler(String text) {
    putText(0, 64, text);
  }

  /** Text up to its NUL. */
  public String compileBy() {
    return getText(64, 16);
  }

  /** Sets the text and fills with zeros. */
  public void compileBy(String text) {
    putText(64, 16, text);
  }

  /** Text up to its NUL. */
  public String compileDomain() {
    return getText(80, 32);
  }

  /** Sets the text and fills with zeros. */
  public void compileDomain(String text) {
    putText(80, 32, text);
  }

  /** Text up to its NUL. */
  public String compileDate() {
    return getText(112, 32);
  }

  /** Sets the text and fills with zeros. */
  public void compileDate(String text) {
    putText(112, 32, text);
  }
}
