/*
 * What a server can answer. Results become lengths of what is copied, and descriptors: one that is
 * larger than what was asked for is not believed.
 */
#include "link.h"

/* Names and values of extended attributes; with no room asked for, their length is told. */
#define ATTRIBUTES_MAX 65536u

uint64_t files_result_max(const struct ivmc_file_request *request)
{
    switch (request->op) {
    case IVMC_FILE_OPENAT:
    case IVMC_FILE_REOPEN:
    case IVMC_FILE_DUP:
    case IVMC_FILE_DUP2:
        return FS_OPEN_MAX - 1;
    case IVMC_FILE_PREAD:
    case IVMC_FILE_PWRITE:
    case IVMC_FILE_APPEND:
    case IVMC_FILE_GETDENTS:
    case IVMC_FILE_GETCWD:
        return request->length;
    case IVMC_FILE_READLINKAT:
        return request->length2;
    case IVMC_FILE_GETXATTR:
    case IVMC_FILE_FGETXATTR:
    case IVMC_FILE_LISTXATTR:
    case IVMC_FILE_FLISTXATTR:
        return ATTRIBUTES_MAX;
    case IVMC_FILE_LSEEK:
        return INT64_MAX;
    case IVMC_FILE_FCNTL:
        return INT32_MAX;
    case IVMC_FILE_UMASK:
        return 0777;
    default:
        return 0;
    }
}
