package ringside.volume;

import java.io.IOException;

/** A volume that cannot be read as one of ext2 or ext3; the message says where it is wrong. */
public final class VolumeException extends IOException {
  private static final long serialVersionUID = 1;

  VolumeException(String message) {
    super(message);
  }
}
