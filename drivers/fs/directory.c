/*
 * getdents. Records lie one behind the other, each a multiple of 8 bytes long.
 */
#include "process.h"
#include <ringside-rt/string.h>

struct filling {
    char *buffer;
    size_t length, used;
    uint64_t next; /* cookie behind the last record */
    bool full;
};

static bool fill(void *arg, const struct ext_entry *entry)
{
    struct filling *filling = arg;
    size_t name = offsetof(struct fs_dirent, name);
    size_t length = ALIGN_UP(name + entry->name.length + 1, 8);
    if (filling->length - filling->used < length) {
        filling->full = true;
        return false;
    }
    struct fs_dirent head = {.ino = entry->ino,
                             .next = entry->next,
                             .length = (uint16_t)length,
                             .type = entry->type};
    char *record = filling->buffer + filling->used;
    memset(record, 0, length);
    memcpy(record, &head, name);
    memcpy(record + name, entry->name.text, entry->name.length);
    filling->used += length;
    filling->next = entry->next;
    return true;
}

static int64_t list(struct fs_file *file, struct filling *filling)
{
    struct ext_attributes attributes;
    ext_get(file->node->inode, &attributes);
    if (!attributes.links)
        return -ENOENT;
    int rc = ext_readdir(file->node->inode, file->offset, fill, filling);
    if (!filling->used)
        return rc ? rc : filling->full ? -EINVAL : 0;
    file->offset = filling->next;
    return (int64_t)filling->used;
}

int64_t fs_getdents(struct fs_process *process, int fd, void *buffer, size_t length)
{
    struct filling filling = {.buffer = buffer, .length = length};
    struct fs_file *file;
    int64_t rc = fs_file_get(process, fd, &file);
    if (rc)
        return rc;
    mutex_lock(&file->position);
    rc = file->kind == FS_S_IFDIR ? list(file, &filling) : -ENOTDIR;
    mutex_unlock(&file->position);
    fs_file_put(process->fs, file);
    return rc;
}
