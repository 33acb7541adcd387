/*
 * A request to a file system server, carried out. What stands in a data area is the caller's to
 * change at any time: paths and structures are copied once, content is used in place.
 */
#ifndef FILES_DISPATCH_H
#define FILES_DISPATCH_H

#include <ringside-rt/fs.h>
#include <ringside/abi.h>

/** Where copies are kept while a request is carried out; one for each that is under way. */
struct files_scratch {
    char path[FS_PATH_MAX], path2[FS_PATH_MAX];
};

/** The data area that a request's offsets point into. */
struct files_area {
    uint8_t *start;
    uint64_t bytes;
};

/**
 * Everything in the request may be anything.
 *
 * @param note NULL, or what an append is to leave on the volume (ext_append)
 * @param extra what an answer says beside its result; 0 where the ABI names nothing
 * @return what the function of its name returns: 0 or more, or -E...
 */
int64_t files_dispatch(struct fs_process *process, const struct ivmc_file_request *request,
                       const struct files_area *area, struct files_scratch *scratch,
                       const struct ext_note *note, uint64_t *extra);

/** Whether it can have changed something that an answer promises. */
bool files_changes(const struct ivmc_file_request *request);

/**
 * Whether it has to be carried out within one operation of the volume, because it must not be
 * carried out twice or holds a mutex that such a one may wait for. IVMC_FILE_APPEND, which must not
 * either, has operations of its own: see note.
 */
bool files_once(const struct ivmc_file_request *request);

#endif
