/*
 * Errors of file systems and POSIX-shaped functions, by POSIX's names and Linux's numbers (Linux
 * 6.1, include/uapi/asm-generic/errno*.h). Xen's numbers, XEN_E..., are the same where both have
 * one, so a status may be passed on.
 */
#ifndef RINGSIDE_RT_ERRNO_H
#define RINGSIDE_RT_ERRNO_H

#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EIO 5
#define ENXIO 6
#define E2BIG 7
#define EBADF 9
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EBUSY 16
#define EEXIST 17
#define EXDEV 18
#define ENODEV 19
#define ENOTDIR 20
#define EISDIR 21
#define EINVAL 22
#define ENFILE 23
#define EMFILE 24
#define ENOTTY 25
#define ETXTBSY 26
#define EFBIG 27
#define ENOSPC 28
#define ESPIPE 29
#define EROFS 30
#define EMLINK 31
#define EPIPE 32
#define ERANGE 34
#define EDEADLK 35
#define ENAMETOOLONG 36
#define ENOLCK 37
#define ENOSYS 38
#define ENOTEMPTY 39
#define ELOOP 40
#define ENODATA 61
#define EOVERFLOW 75
#define EOPNOTSUPP 95
#define ESTALE 116
#define EUCLEAN 117
#define EDQUOT 122

/** What a number, without its sign, means: "No such file or directory". Declared as ISO C has it,
 * since the drivers are built with a libc, too; the text must not be changed. */
char *strerror(int number);

#endif
