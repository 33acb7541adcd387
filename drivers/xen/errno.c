/* Names of error numbers, for messages. */
#include <ringside-rt/hypercall.h>

#define NAME(error) [XEN_##error] = #error

const char *errno_name(long number)
{
    static const char *const names[] = {
        NAME(EPERM),      NAME(ENOENT),    NAME(ESRCH),   NAME(EIO),      NAME(ENXIO),
        NAME(E2BIG),      NAME(EBADF),     NAME(EAGAIN),  NAME(ENOMEM),   NAME(EACCES),
        NAME(EFAULT),     NAME(EBUSY),     NAME(EEXIST),  NAME(EXDEV),    NAME(ENODEV),
        NAME(EINVAL),     NAME(ENOSPC),    NAME(EROFS),   NAME(ERANGE),   NAME(ENOSYS),
        NAME(ENOTEMPTY),  NAME(ENODATA),   NAME(ETIME),   NAME(EBADMSG),  NAME(EOVERFLOW),
        NAME(EOPNOTSUPP), NAME(ENOBUFS),   NAME(EISCONN), NAME(ENOTCONN), NAME(ETIMEDOUT),
        NAME(EMSGSIZE),   NAME(EADDRINUSE),
    };
    unsigned long n = number < 0 ? -(unsigned long)number : (unsigned long)number;
    return n < ARRAY_SIZE(names) && names[n] ? names[n] : "errno";
}
