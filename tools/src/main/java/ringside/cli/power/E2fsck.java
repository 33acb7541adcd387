package ringside.cli.power;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.device.disk.Disk;
import ringside.device.disk.FileDisk;
import ringside.volume.Volume;

/** The host's e2fsck, on copies of images. */
public final class E2fsck {
  private static final int MENDED = 1;
  private static final int PIECE = 1 << 20;

  private final Path program;

  private E2fsck(Path program) {
    this.program = program;
  }

  /** Nothing when it is not installed. */
  public static Optional<E2fsck> find() {
    return Stream.of("/usr/sbin/e2fsck", "/sbin/e2fsck", "/usr/bin/e2fsck")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .map(E2fsck::new);
  }

  /**
   * What it finds wrong after it has replayed the journal; nothing when all is well.
   *
   * @param tree what we have found there, which it has to leave
   */
  List<String> problems(Disk image, FileTree tree) throws IOException, InterruptedException {
    Path file = Files.createTempFile("ringside-power", ".img");
    try {
      write(image, file);
      List<String> problems = run(MENDED, "-fp", file);
      problems = problems.isEmpty() ? run(0, "-fn", file) : problems;
      return problems.isEmpty() ? differences(file, tree) : problems;
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> differences(Path file, FileTree tree) throws IOException {
    try (FileDisk mended = FileDisk.open(file)) {
      boolean same = FileTree.of(new Volume(mended)).same(tree);
      return same ? List.of() : List.of("e2fsck -fp: it leaves other files than we have found");
    }
  }

  static void write(Disk image, Path file) throws IOException {
    try (SeekableByteChannel to =
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      for (long at = 0; at < image.bytes(); at += PIECE) {
        piece.clear().limit((int) Math.min(PIECE, image.bytes() - at));
        image.read(at, piece);
        piece.flip();
        while (piece.hasRemaining()) {
          to.write(piece);
        }
      }
    }
  }

  private List<String> run(int allowed, String option, Path file)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.toString(), option, file.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    return code <= allowed
        ? List.of()
        : said.lines().limit(5).map(line -> "e2fsck " + option + ": " + line).toList();
  }
}
