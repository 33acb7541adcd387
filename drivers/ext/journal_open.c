/*
 * A journal is found, replayed and made ready. Invariant: the volume says that it has to be
 * replayed before the journal says from where, and until there is nothing to replay.
 */
#include "journal_state.h"

static void forget(struct ext *fs, struct ext_journal *journal)
{
    for (struct ext_transaction *t = journal->oldest, *next; t; t = next) {
        next = t->next;
        kfree(t);
    }
    if (journal->memory)
        blk_buffer_free(fs->blk, journal->memory, (size_t)JOURNAL_MEMORY << fs->block_shift);
    kfree(journal->committing);
    kfree(journal->spare);
    kfree(journal->revokes[0].blocks);
    kfree(journal->revokes[1].blocks);
    kfree(journal->map);
    kfree(journal);
}

static int check(const struct ext *fs, const struct jbd_super *s, uint64_t blocks)
{
    uint32_t length = big_endian(s->length), first = big_endian(s->first);
    if (big_endian(s->header.magic) != JBD_MAGIC)
        return -EUCLEAN;
    if (big_endian(s->header.type) != JBD_SUPER_V2 ||
        big_endian(s->incompat) & ~JBD_INCOMPAT_REVOKE || s->ro_compat)
        return -EOPNOTSUPP;
    if (big_endian(s->block_bytes) != fs->block_bytes || length > blocks || length < 1024 ||
        !first || first >= length / 2 || big_endian(s->start) >= length ||
        (s->start && big_endian(s->start) < first))
        return -EUCLEAN;
    return 0;
}

/* Where all its blocks lie. */
static int load_map(struct ext_inode *inode, struct ext_journal *journal, uint32_t blocks)
{
    journal->map = kmalloc(blocks * sizeof(uint32_t));
    if (!journal->map)
        return -ENOMEM;
    for (uint32_t n = 0; n < blocks;) {
        uint32_t block, count;
        int rc = ext_map(inode, n, blocks - n, &block, &count);
        if (!rc && !block)
            rc = -EUCLEAN;
        if (rc)
            return rc;
        for (uint32_t i = 0; i < count; i++)
            journal->map[n++] = block + i;
    }
    return 0;
}

static int load(struct ext *fs, struct ext_journal *journal, struct ext_inode *inode)
{
    inode->fs = fs;
    inode->at.ino = fs->super->journal_inum;
    int rc = ext_inode_load(inode, 0);
    uint64_t blocks = inode->at.size >> fs->block_shift;
    if (!rc && ((inode->at.mode & S_IFMT) != S_IFREG || !inode->at.links || blocks < 1024 ||
                blocks > fs->blocks))
        rc = -EUCLEAN;
    if (!rc)
        rc = load_map(inode, journal, blocks);
    if (!rc && blk_read(fs->blk, (uint64_t)journal->map[0] << fs->block_shift, journal->memory,
                        fs->block_bytes))
        rc = -EIO;
    if (!rc)
        rc = check(fs, ext_journal_super(journal), blocks);
    return rc == -ESTALE ? -EUCLEAN : rc;
}

int ext_journal_load(struct ext *fs, struct ext_journal *journal)
{
    struct ext_inode *inode = kmalloc(sizeof(*inode));
    journal->memory = blk_buffer_alloc(fs->blk, (size_t)JOURNAL_MEMORY << fs->block_shift);
    int rc = inode && journal->memory ? load(fs, journal, inode) : -ENOMEM;
    kfree(inode);
    if (rc)
        return rc;
    journal->length = big_endian(ext_journal_super(journal)->length);
    journal->first = big_endian(ext_journal_super(journal)->first);
    return 0;
}

int ext_journal_write_super(struct ext *fs, struct ext_journal *journal, uint32_t start,
                            uint32_t sequence)
{
    struct jbd_super *s = ext_journal_super(journal);
    s->start = big_endian(start);
    s->sequence = big_endian(sequence);
    s->interrupted = big_endian(journal->before);
    s->incompat |= big_endian(JBD_INCOMPAT_REVOKE);
    return ext_io_write(fs, journal->map[0], s, true);
}

/*
 * Everything that was replayed is in its place before the journal forgets it. A mount that was
 * interrupted before its first commit leaves the sequences as they are: what the redo area has may
 * be of the transaction that was interrupted before.
 */
static int replay(struct ext *fs, struct ext_journal *journal)
{
    uint32_t next;
    int rc = ext_journal_replay(fs, journal, &next);
    journal->interrupted = next - 1;
    if (journal->before && journal->interrupted == big_endian(ext_journal_super(journal)->sequence))
        next = journal->interrupted;
    else
        journal->before = journal->interrupted;
    if (!rc)
        rc = ext_write_all(fs, EXT_METADATA);
    if (!rc)
        rc = ext_flush(fs);
    return rc ? rc : ext_journal_write_super(fs, journal, 0, next);
}

static int open(struct ext *fs, struct ext_journal *journal)
{
    int rc = ext_journal_load(fs, journal);
    bool unfinished = !rc && fs->super->feature_incompat & EXT_INCOMPAT_RECOVER;
    if (unfinished)
        journal->before = big_endian(ext_journal_super(journal)->interrupted);
    if (unfinished && ext_journal_super(journal)->start)
        rc = replay(fs, journal);
    journal->sequence = rc ? 0 : big_endian(ext_journal_super(journal)->sequence);
    return rc;
}

int ext_journal_open(struct ext *fs)
{
    const struct ext_super *s = fs->super;
    if (!(s->feature_compat & EXT_COMPAT_HAS_JOURNAL))
        return s->feature_incompat & EXT_INCOMPAT_RECOVER ? -EUCLEAN : 0;
    if (!s->journal_inum || s->journal_inum >= fs->first_ino || s->journal_dev)
        return -EOPNOTSUPP; /* on another device */
    struct ext_journal *journal = kmalloc(sizeof(*journal));
    if (!journal)
        return -ENOMEM;
    int rc = open(fs, journal);
    if (rc || fs->read_only) {
        forget(fs, journal);
        return rc;
    }
    uint32_t most = journal->length < fs->cache.count ? journal->length : fs->cache.count;
    journal->soft = most / 4;
    journal->hard = journal->soft + journal->soft / 2;
    fs->journal = journal;
    return 0;
}

int ext_journal_start(struct ext *fs)
{
    struct ext_journal *journal = fs->journal;
    if (!journal)
        return 0;
    journal->head = journal->tail = journal->first;
    journal->free = journal->length - journal->first - 1;
    if (!journal->sequence)
        journal->sequence = 1;
    return ext_journal_write_super(fs, journal, journal->first, journal->sequence);
}

int ext_journal_empty(struct ext *fs)
{
    int rc = ext_write_all(fs, EXT_CHECKPOINT);
    if (!rc)
        rc = ext_flush(fs);
    if (!rc && fs->journal) {
        fs->journal->before = 0;
        rc = ext_journal_write_super(fs, fs->journal, 0, fs->journal->sequence);
    }
    return rc;
}

void ext_journal_close(struct ext *fs)
{
    if (fs->journal)
        forget(fs, fs->journal);
    fs->journal = NULL;
}
