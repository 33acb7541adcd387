/*
 * Grants, version 1: letting another domain use our pages, and using theirs. References begin at
 * GNTTAB_NR_RESERVED_ENTRIES. Statuses are GNTST_*: 0 or negative.
 */
#ifndef RINGSIDE_RT_GRANT_H
#define RINGSIDE_RT_GRANT_H

#include <ringside-rt/compiler.h>
#include <ringside/abi.h>

/**
 * Grants a page of ours to a domain. The table grows as needed.
 *
 * @return the reference, or a negative status when the table is full
 */
int grant_access(domid_t domid, const void *page, bool readonly);

/**
 * Takes a grant back.
 *
 * @return false, with nothing changed, while the other domain has it mapped
 */
bool grant_end_access(grant_ref_t ref);

/** The entry itself, for tests; NULL when the table has not grown that far. */
struct grant_entry_v1 *grant_entry(grant_ref_t ref);

/** Entries the table has now. Sets the table up on first use. */
unsigned grant_entries(void);

/** A foreign page that is mapped here. */
struct grant_mapping {
    void *address;
    grant_handle_t handle;
};

/**
 * Maps a domain's grant somewhere in the grant window.
 *
 * @param flags 0 or GNTMAP_readonly
 * @return GNTST_okay, or why not
 */
int grant_map(domid_t domid, grant_ref_t ref, unsigned flags, struct grant_mapping *mapping);

int grant_unmap(struct grant_mapping *mapping);

/** Copies length bytes out of, or into, a granted page; neither end may cross a page. */
int grant_copy_from(domid_t domid, grant_ref_t ref, unsigned offset, void *to, unsigned length);
int grant_copy_to(domid_t domid, grant_ref_t ref, unsigned offset, const void *from,
                  unsigned length);

/** A free guest frame number in the grant window, behind all RAM; 0 when all are in use. */
uint64_t grant_window_take(void);
void grant_window_give(uint64_t gfn);

#endif
