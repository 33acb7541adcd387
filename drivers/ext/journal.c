/* Volumes are used without the journal that they may have; one that must be replayed is refused. */
#include "journal.h"

#include "volume.h"

int ext_journal_open(struct ext *fs)
{
    return fs->super->feature_incompat & EXT_INCOMPAT_RECOVER ? -EOPNOTSUPP : 0;
}

void ext_journal_close(struct ext *fs)
{
    (void)fs;
}

int ext_journal_empty(struct ext *fs)
{
    return ext_flush(fs);
}

int ext_journal_before_checkpoint(struct ext *fs)
{
    (void)fs;
    return 0;
}

void ext_journal_in_place(struct ext_buffer *buffer)
{
    (void)buffer;
}

bool ext_journal_has_room(struct ext *fs, uint32_t blocks)
{
    (void)fs;
    (void)blocks;
    return true;
}

void ext_journal_make_room(struct ext *fs)
{
    (void)fs;
}

bool ext_journal_is_full(const struct ext *fs)
{
    (void)fs;
    return false;
}

bool ext_journal_close_running(struct ext *fs)
{
    (void)fs;
    return false;
}

int ext_journal_commit(struct ext *fs, bool durable)
{
    (void)fs;
    (void)durable;
    return 0;
}

void ext_journal_write_back(struct ext *fs)
{
    (void)fs;
}

int ext_journal_revoke(struct ext *fs, uint32_t first, uint32_t count)
{
    (void)fs;
    (void)first;
    (void)count;
    return 0;
}
