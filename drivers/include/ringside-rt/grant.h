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

/**
 * The same for a run of pages, under references that follow one another.
 *
 * @param pages the first page; the others lie behind it
 * @return the first reference, or a negative status when the table has no such run left
 */
int grant_access_range(domid_t domid, const void *pages, unsigned count, bool readonly);

/**
 * Takes a run of grants back. Those that can be are taken, whatever becomes of the others.
 *
 * @return how many are still mapped by the other domain, and stay granted
 */
unsigned grant_end_range(grant_ref_t first, unsigned count);

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

/** A run of foreign pages that are mapped here, one behind the other. */
struct grant_range {
    void *address;
    unsigned count;
    grant_handle_t *handles;
};

/**
 * Maps grants under references that follow one another, all of them or none, in lists that the
 * hypervisor can map at once.
 *
 * @param count 1 to GRANT_WINDOW_FRAMES
 * @return GNTST_okay, or why the first that could not be mapped was not
 */
int grant_map_range(domid_t domid, grant_ref_t first, unsigned count, unsigned flags,
                    struct grant_range *range);

/** Ends the mapping of a whole run; panics when the hypervisor does not let it. */
void grant_unmap_range(struct grant_range *range);

/** Copies length bytes out of, or into, a granted page; neither end may cross a page. */
int grant_copy_from(domid_t domid, grant_ref_t ref, unsigned offset, void *to, unsigned length);
int grant_copy_to(domid_t domid, grant_ref_t ref, unsigned offset, const void *from,
                  unsigned length);

/** Frames of the grant window: pages of others that can be mapped here at a time. */
#define GRANT_WINDOW_FRAMES 524288u

/** So many free guest frames in a row, behind all RAM: the first's number, or 0 for none. */
uint64_t grant_window_take(unsigned count);
void grant_window_give(uint64_t gfn, unsigned count);

#endif
