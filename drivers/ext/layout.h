/*
 * What lies on an ext2 (revision 1) or ext3 volume; all little-endian, as this computer is. The
 * names of members are those of Linux and e2fsprogs (ext2_fs.h) without their prefixes.
 */
#ifndef EXT_LAYOUT_H
#define EXT_LAYOUT_H

#include <ringside-rt/compiler.h>

#define EXT_SUPER_OFFSET 1024u
#define EXT_SUPER_MAGIC 0xef53u
#define EXT_VALID_FS 1u
#define EXT_ERROR_FS 2u

#define EXT_COMPAT_HAS_JOURNAL 4u
#define EXT_COMPAT_EXT_ATTR 8u
#define EXT_COMPAT_DIR_INDEX 0x20u
#define EXT_INCOMPAT_FILETYPE 2u
#define EXT_INCOMPAT_RECOVER 4u
#define EXT_RO_SPARSE_SUPER 1u
#define EXT_RO_LARGE_FILE 2u

/** s_flags: how the hashes of names take characters above 127. */
#define EXT_SIGNED_HASH 1u
#define EXT_UNSIGNED_HASH 2u

struct ext_super {
    uint32_t inodes_count, blocks_count, r_blocks_count, free_blocks_count;
    uint32_t free_inodes_count, first_data_block, log_block_size, log_cluster_size;
    uint32_t blocks_per_group, clusters_per_group, inodes_per_group, mtime;
    uint32_t wtime;
    uint16_t mnt_count, max_mnt_count, magic, state, errors, minor_rev_level;
    uint32_t lastcheck, checkinterval, creator_os, rev_level;
    uint16_t def_resuid, def_resgid;
    uint32_t first_ino;
    uint16_t inode_size, block_group_nr;
    uint32_t feature_compat, feature_incompat, feature_ro_compat;
    uint8_t uuid[16];
    char volume_name[16], last_mounted[64];
    uint32_t algorithm_usage_bitmap;
    uint8_t prealloc_blocks, prealloc_dir_blocks;
    uint16_t reserved_gdt_blocks;
    uint8_t journal_uuid[16];
    uint32_t journal_inum, journal_dev, last_orphan, hash_seed[4];
    uint8_t def_hash_version, jnl_backup_type;
    uint16_t desc_size;
    uint32_t default_mount_opts, first_meta_bg, mkfs_time, jnl_blocks[17];
    uint32_t blocks_count_hi, r_blocks_count_hi, free_blocks_hi;
    uint16_t min_extra_isize, want_extra_isize;
    uint32_t flags;
    uint8_t rest[668];
};
_Static_assert(sizeof(struct ext_super) == 1024, "the superblock");

struct ext_group_desc {
    uint32_t block_bitmap, inode_bitmap, inode_table;
    uint16_t free_blocks_count, free_inodes_count, used_dirs_count, flags;
    uint32_t rest[3];
};
_Static_assert(sizeof(struct ext_group_desc) == 32, "a group descriptor");

#define EXT_DIRECT 12u
#define EXT_MAP_ENTRIES 15u

#define EXT_JOURNAL_DATA_FL 0x4000u
#define EXT_INDEX_FL 0x1000u
#define EXT_IMMUTABLE_FL 0x10u
#define EXT_APPEND_FL 0x20u

struct ext_raw_inode {
    uint16_t mode, uid;
    uint32_t size, atime, ctime, mtime, dtime;
    uint16_t gid, links_count;
    uint32_t blocks, flags, version, block[EXT_MAP_ENTRIES];
    uint32_t generation, file_acl, size_high, faddr;
    uint16_t blocks_high, file_acl_high, uid_high, gid_high;
    uint32_t reserved;
    /* only in inodes of more than 128 bytes, as far as extra_isize says */
    uint16_t extra_isize, checksum_hi;
    uint32_t ctime_extra, mtime_extra, atime_extra, crtime, crtime_extra;
};
#define EXT_GOOD_OLD_INODE 128u
#define EXT_EXTRA_ISIZE 24u /* up to crtime_extra */
_Static_assert(offsetof(struct ext_raw_inode, extra_isize) == EXT_GOOD_OLD_INODE, "an inode");

struct ext_dirent {
    uint32_t inode;
    uint16_t rec_len;
    uint8_t name_len, file_type;
    char name[];
};
#define EXT_DIRENT_BYTES(name_len) (((name_len) + 8u + 3u) & ~3u)

#define EXT_XATTR_MAGIC 0xea020000u

struct ext_xattr_header {
    uint32_t magic, refcount, blocks, hash, rest[4];
};

struct ext_xattr_entry {
    uint8_t name_len, name_index;
    uint16_t value_offs;
    uint32_t value_inum, value_size, hash;
    char name[];
};

#define S_IFMT 0170000u
#define S_IFIFO 0010000u
#define S_IFCHR 0020000u
#define S_IFDIR 0040000u
#define S_IFBLK 0060000u
#define S_IFREG 0100000u
#define S_IFLNK 0120000u
#define S_IFSOCK 0140000u

#endif
