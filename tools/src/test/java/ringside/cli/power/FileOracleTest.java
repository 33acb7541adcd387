package ringside.cli.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.IvmcFileAbi.*;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the oracle forbids, on a few steps: /a made and written, synced, then changed. */
class FileOracleTest {
  private static final int PER_STEP = 10;
  private static final FileTree EMPTY = new FileTree(ImmutableSortedMap.of());

  private final List<FileStep> steps = new ArrayList<>();

  /** Asked for and answered with so many changes of the disk in between. */
  private void step(int op, int fd, long offset, long result, String... paths) {
    int asked = steps.size() * PER_STEP;
    ImmutableList<String> names = ImmutableList.copyOf(paths);
    steps.add(new FileStep(op, fd, 0, offset, names, result, asked, asked + PER_STEP - 1));
  }

  /** Where the sync is answered. */
  private int synced() {
    step(IVMC_FILE_OPENAT, 0, 0, 3, "/a");
    step(IVMC_FILE_PWRITE, 3, 0, 1000);
    step(IVMC_FILE_SYNC, 0, 0, 0);
    return steps.getLast().answered();
  }

  private FileOracle oracle() {
    return new FileOracle(EMPTY, ImmutableList.copyOf(steps));
  }

  private FileTree after(int count) {
    return FileModel.trees(EMPTY, steps).get(count);
  }

  private static FileTree with(FileTree tree, String path, FileNode node) {
    TreeMap<String, FileNode> names = new TreeMap<>(tree.names());
    names.put(path, node);
    return new FileTree(ImmutableSortedMap.copyOfSorted(names));
  }

  @Test
  void beforeTheSyncIsAnsweredEveryMomentMayBeFound() {
    int synced = synced();
    for (int i = 0; i <= steps.size(); i++) {
      assertEquals(List.of(), oracle().problems(after(i), synced - 1));
    }
    assertFalse(oracle().problems(after(2), PER_STEP - 1).isEmpty(), "nobody had asked for it");
  }

  @Test
  void whatWasSyncedIsNotMissing() {
    int synced = synced();
    assertEquals(List.of(), oracle().problems(after(2), synced));
    assertTrue(oracle().problems(after(1), synced).getFirst().startsWith("/a is a file of 0"));
    assertTrue(oracle().problems(EMPTY, synced).getFirst().startsWith("/a is not there"));
  }

  @Test
  void aRenameIsThereOrNotButNotByHalf() {
    synced();
    step(IVMC_FILE_RENAMEAT, 0, 0, 0, "/a", "/b");
    int end = steps.getLast().answered();
    FileTree before = after(3);
    FileTree renamed = after(4);
    assertEquals(List.of(), oracle().problems(before, end));
    assertEquals(List.of(), oracle().problems(renamed, end));
    FileNode file = before.names().get("/a");
    assertFalse(oracle().problems(with(before, "/b", file), end).isEmpty(), "both names");
    assertFalse(oracle().problems(EMPTY, end).isEmpty(), "no name");
  }

  @Test
  void anOverwrittenSectorIsOldOrNewAndNothingElse() {
    synced();
    step(IVMC_FILE_PWRITE, 3, 0, 512);
    int end = steps.getLast().answered();
    assertEquals(List.of(), oracle().problems(after(3), end));
    assertEquals(List.of(), oracle().problems(after(4), end));
    FileNode other = after(3).names().get("/a").with(600, 8, 77);
    assertEquals(
        List.of("/a, bytes from 512: of no write"),
        oracle().problems(with(after(3), "/a", other), end));
  }

  @Test
  void anAddedPartIsNotFoundWithoutItsContent() {
    synced();
    step(IVMC_FILE_PWRITE, 3, 1024, 512);
    int end = steps.getLast().answered();
    assertEquals(List.of(), oracle().problems(after(4), end));
    FileNode zero = FileNode.of(1, 'f', java.util.Arrays.copyOf(content("/a"), 1536));
    assertEquals(
        List.of("/a, bytes from 1024: of no write"),
        oracle().problems(with(after(4), "/a", zero), end));
  }

  private byte[] content(String path) {
    return after(3).names().get(path).bytes();
  }
}
