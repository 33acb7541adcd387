/*
 * Listing extended attributes. All names are read into memory of our own, so that what is not for
 * the caller never gets into its buffer.
 */
#include "access.h"
#include "xattr.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

/* Names of a volume fit in one of its blocks. */
#define NAMES_MAX 65536u

/* Closes the gaps that names leave which the process may not see; the new length. */
static size_t sieve(const struct fs_process *process, char *names, size_t length)
{
    size_t kept = 0, next;
    for (size_t at = 0; at < length; at = next) {
        size_t name = strnlen(names + at, length - at);
        next = at + name + 1;
        if (next > length)
            break;
        if (!fs_privileged(process) && !strncmp(names + at, "trusted.", 8))
            continue;
        memmove(names + kept, names + at, name + 1);
        kept += name + 1;
    }
    return kept;
}

int64_t fs_xattr_list(const struct fs_process *process, struct ext_inode *inode, char *names,
                      size_t length)
{
    int64_t all = ext_list_xattr(inode, NULL, 0);
    if (all <= 0)
        return all;
    char *own = all <= NAMES_MAX ? kmalloc((size_t)all) : NULL;
    if (!own)
        return -ENOMEM;
    int64_t got = ext_list_xattr(inode, own, (size_t)all);
    if (got > 0) {
        got = (int64_t)sieve(process, own, (size_t)got);
        if (length && (size_t)got > length)
            got = -ERANGE;
        else if (length)
            memcpy(names, own, (size_t)got);
    }
    kfree(own);
    return got;
}
