/*
 * The xenstore client: one request at a time, from threads. Relative paths lie in the domain's own
 * directory. Functions return 0 or -XEN_E... unless they say otherwise. The transaction 0 is none.
 */
#ifndef RINGSIDE_RT_XENSTORE_H
#define RINGSIDE_RT_XENSTORE_H

#include <ringside-rt/compiler.h>
#include <ringside/abi.h>
#include <stdarg.h>

/** Longest path and value the functions with formats can make, with NUL. */
#define XENSTORE_TEXT_MAX 512

/**
 * Reads a value into a buffer and ends it with NUL.
 *
 * @return its length, or -XEN_E...; -XEN_E2BIG when it does not fit
 */
int xenstore_read(uint32_t transaction, const char *path, char *to, size_t size);

/** A value that is a number; the error is returned when there is none. */
int xenstore_read_u64(uint32_t transaction, const char *path, uint64_t *value);

int xenstore_write(uint32_t transaction, const char *path, const char *format, ...)
    PRINTF_LIKE(3, 4);
int xenstore_mkdir(uint32_t transaction, const char *path);
int xenstore_rm(uint32_t transaction, const char *path);

/**
 * Names of the children, each ended with NUL, one after the other.
 *
 * @return the bytes all of them take, or -XEN_E...
 */
int xenstore_directory(uint32_t transaction, const char *path, char *to, size_t size);

/** Permissions as one text per entry, such as "n1", "r2"; all ended with NUL. Length or error. */
int xenstore_get_perms(uint32_t transaction, const char *path, char *to, size_t size);

/** @param perms entries separated by blanks, the owner's first, such as "n1 r2" */
int xenstore_set_perms(uint32_t transaction, const char *path, const char *perms);

int xenstore_transaction_start(uint32_t *transaction);

/** -XEN_EAGAIN when others were in the way: start again. */
int xenstore_transaction_end(uint32_t transaction, bool commit);

/** A change of path, or of anything below it. */
struct xenstore_watch {
    const char *path;
    char token[16];
    unsigned fired;
    struct xenstore_watch *next;
    /** What changed last. */
    char changed[XENSTORE_TEXT_MAX];
};

/** Begins watching; it fires once at once. The owner keeps the structure until unwatch. */
int xenstore_watch(struct xenstore_watch *watch, const char *path);
int xenstore_unwatch(struct xenstore_watch *watch);

/** Waits until it has fired since the last wait; several times count as one. */
void xenstore_watch_wait(struct xenstore_watch *watch);

/** Waits until the path can be read, and reads it as xenstore_read does. */
int xenstore_wait_read(const char *path, char *to, size_t size);
int xenstore_wait_u64(const char *path, uint64_t *value);

/** Our own domain id, from xenstore. */
int xenstore_domid(void);

/**
 * One message and its answer, as they are on the wire: for tests.
 *
 * @param reply receives the payload, ended with NUL; size is its room with NUL
 * @return length of the payload, or the error of the answer
 */
int xenstore_call(uint32_t type, uint32_t transaction, const void *payload, size_t length,
                  void *reply, size_t size);

struct xenstore_domain_interface;

/** The ring page; NULL when there is none. For tests that break it. */
struct xenstore_domain_interface *xenstore_ring(void);
unsigned xenstore_port(void);

#endif
