/*
 * Error numbers; a failing hypercall returns the negative of one. Generated from errno.abi; do not
 * edit.
 */
#ifndef RINGSIDE_ERRNO_H
#define RINGSIDE_ERRNO_H

/* errno: Error numbers. C: with the prefix XEN_. */
#define XEN_EPERM         1 /* operation not permitted */
#define XEN_ENOENT        2 /* no such object */
#define XEN_ESRCH         3 /* no such domain */
#define XEN_EIO           5 /* input or output error */
#define XEN_ENXIO         6 /* no such device or address */
#define XEN_E2BIG         7 /* argument list too long */
#define XEN_ENOEXEC       8 /* not an executable image */
#define XEN_EBADF         9 /* bad handle */
#define XEN_ECHILD        10 /* no child */
#define XEN_EAGAIN        11 /* try again */
#define XEN_ENOMEM        12 /* out of memory */
#define XEN_EACCES        13 /* permission denied */
#define XEN_EFAULT        14 /* bad guest pointer */
#define XEN_EBUSY         16 /* in use */
#define XEN_EEXIST        17 /* exists already */
#define XEN_EXDEV         18 /* crosses devices */
#define XEN_ENODEV        19 /* no such device */
#define XEN_ENOTDIR       20 /* not a directory */
#define XEN_EISDIR        21 /* is a directory */
#define XEN_EINVAL        22 /* invalid argument */
#define XEN_ENFILE        23 /* table full */
#define XEN_EMFILE        24 /* too many handles */
#define XEN_ENOSPC        28 /* no space left */
#define XEN_EROFS         30 /* read-only */
#define XEN_EMLINK        31 /* too many links */
#define XEN_EDOM          33 /* argument outside the domain of the function */
#define XEN_ERANGE        34 /* result out of range */
#define XEN_EDEADLK       35 /* would deadlock */
#define XEN_ENAMETOOLONG  36 /* name too long */
#define XEN_ENOLCK        37 /* no locks left */
#define XEN_ENOSYS        38 /* not implemented */
#define XEN_ENOTEMPTY     39 /* not empty */
#define XEN_ENODATA       61 /* no data */
#define XEN_ETIME         62 /* time has passed already */
#define XEN_EBADMSG       74 /* malformed message */
#define XEN_EOVERFLOW     75 /* value too large for its type */
#define XEN_EILSEQ        84 /* illegal byte sequence */
#define XEN_ERESTART      85 /* to be restarted; never seen by a guest */
#define XEN_ENOTSOCK      88 /* not a socket */
#define XEN_EMSGSIZE      90 /* message too long */
#define XEN_EOPNOTSUPP    95 /* operation not supported */
#define XEN_EADDRINUSE    98 /* address in use */
#define XEN_EADDRNOTAVAIL 99 /* address not available */
#define XEN_ENOBUFS       105 /* no buffer space */
#define XEN_EISCONN       106 /* connected already */
#define XEN_ENOTCONN      107 /* not connected */
#define XEN_ETIMEDOUT     110 /* timed out */
#define XEN_ECONNREFUSED  111 /* connection refused */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

#endif /* __ASSEMBLER__ */

#endif
