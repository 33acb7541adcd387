package ringside.domain;

/** An image that cannot be booted. The message says what is wrong and where in the file. */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  public ImageException(String image, String what) {
    super(image + ": " + what);
  }
}
