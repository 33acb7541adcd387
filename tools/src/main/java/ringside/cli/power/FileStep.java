package ringside.cli.power;

import com.google.common.collect.ImmutableList;

/**
 * A file operation of a run.
 *
 * @param op of the ABI's IVMC_FILE
 * @param length of the data area's part it is about
 * @param paths in the order in which the ABI names them
 * @param result 0 or more, or a negative errno
 * @param asked changes of the disk before the client asked for it
 * @param answered changes of the disk before the client had its answer
 */
record FileStep(
    int op,
    int fd,
    long length,
    long offset,
    ImmutableList<String> paths,
    long result,
    int asked,
    int answered) {}
