package ringside.cli.system;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Optional;
import ringside.device.nvme.StorageClass;

/**
 * An NVMe controller of a system, checked.
 *
 * @param files of its namespaces, in their order; empty for memory
 * @param bytes size of each namespace
 * @param blockBytes size of a logical block
 * @param writeCache whether it has a volatile write cache
 */
public record NvmeDescription(
    ImmutableList<Optional<Path>> files,
    long bytes,
    int blockBytes,
    String serial,
    StorageClass storageClass,
    boolean writeCache) {

  static NvmeDescription of(Values values, Path base) {
    int count = values.integer(Keys.NAMESPACES);
    ImmutableList.Builder<Optional<Path>> files = ImmutableList.builder();
    for (int i = 1; i <= count; i++) {
      String name = values.get(Keys.FILE);
      files.add(
          name.isEmpty()
              ? Optional.empty()
              : Optional.of(base.resolve(i == 1 ? name : name + "." + i)));
    }
    return new NvmeDescription(
        files.build(),
        values.get(Keys.SIZE),
        values.integer(Keys.BLOCK_SIZE),
        values.get(Keys.SERIAL),
        values.get(Keys.LATENCY),
        values.get(Keys.WRITE_CACHE) == Keys.WriteCacheKind.VOLATILE);
  }
}
