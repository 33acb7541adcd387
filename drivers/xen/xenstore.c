/* What programs do with xenstore: each function is one message, see xenstore_ring.c. */
#include <ringside-rt/print.h>
#include <ringside-rt/string.h>
#include <ringside-rt/xenstore_ring.h>

static struct xenstore_watch *watches;

static int path_call(uint32_t type, uint32_t transaction, const char *path, void *reply,
                     size_t size)
{
    return xenstore_call(type, transaction, path, strlen(path) + 1, reply, size);
}

/* Path, NUL, and more bytes. */
static int path_and_bytes(uint32_t type, uint32_t transaction, const char *path, const char *bytes,
                          size_t length)
{
    char request[2 * XENSTORE_TEXT_MAX];
    size_t path_size = strlen(path) + 1;
    if (path_size + length > sizeof(request))
        return -XEN_E2BIG;
    memcpy(request, path, path_size);
    memcpy(request + path_size, bytes, length);
    int rc = xenstore_call(type, transaction, request, path_size + length, NULL, 0);
    return rc < 0 ? rc : 0;
}

int xenstore_read(uint32_t transaction, const char *path, char *to, size_t size)
{
    return path_call(XS_READ, transaction, path, to, size);
}

int xenstore_read_u64(uint32_t transaction, const char *path, uint64_t *value)
{
    char text[32];
    const char *end;
    int rc = xenstore_read(transaction, path, text, sizeof(text));
    if (rc < 0)
        return rc;
    *value = strtou64(text, &end);
    return end == text || *end ? -XEN_EINVAL : 0;
}

int xenstore_write(uint32_t transaction, const char *path, const char *format, ...)
{
    char value[XENSTORE_TEXT_MAX];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(value, sizeof(value), format, args);
    va_end(args);
    if (length >= (int)sizeof(value))
        return -XEN_E2BIG;
    return path_and_bytes(XS_WRITE, transaction, path, value, (size_t)length);
}

int xenstore_mkdir(uint32_t transaction, const char *path)
{
    int rc = path_call(XS_MKDIR, transaction, path, NULL, 0);
    return rc < 0 ? rc : 0;
}

int xenstore_rm(uint32_t transaction, const char *path)
{
    int rc = path_call(XS_RM, transaction, path, NULL, 0);
    return rc < 0 ? rc : 0;
}

int xenstore_directory(uint32_t transaction, const char *path, char *to, size_t size)
{
    return path_call(XS_DIRECTORY, transaction, path, to, size);
}

int xenstore_get_perms(uint32_t transaction, const char *path, char *to, size_t size)
{
    return path_call(XS_GET_PERMS, transaction, path, to, size);
}

int xenstore_set_perms(uint32_t transaction, const char *path, const char *perms)
{
    char entries[XENSTORE_TEXT_MAX];
    if (strlcpy(entries, perms, sizeof(entries)) >= sizeof(entries))
        return -XEN_E2BIG;
    for (char *c = entries; *c; c++)
        if (*c == ' ')
            *c = 0;
    return path_and_bytes(XS_SET_PERMS, transaction, path, entries, strlen(perms) + 1);
}

int xenstore_transaction_start(uint32_t *transaction)
{
    char id[16];
    int rc = path_call(XS_TRANSACTION_START, 0, "", id, sizeof(id));
    if (rc < 0)
        return rc;
    *transaction = (uint32_t)strtou64(id, NULL);
    return 0;
}

int xenstore_transaction_end(uint32_t transaction, bool commit)
{
    int rc = path_call(XS_TRANSACTION_END, transaction, commit ? "T" : "F", NULL, 0);
    return rc < 0 ? rc : 0;
}

static int watch_call(uint32_t type, struct xenstore_watch *watch)
{
    return path_and_bytes(type, 0, watch->path, watch->token, strlen(watch->token) + 1);
}

int xenstore_watch(struct xenstore_watch *watch, const char *path)
{
    static unsigned last_token;
    *watch = (struct xenstore_watch){.path = path, .next = watches};
    snprintf(watch->token, sizeof(watch->token), "w%u", ++last_token);
    watches = watch;
    int rc = watch_call(XS_WATCH, watch);
    if (rc)
        watches = watch->next;
    return rc;
}

int xenstore_unwatch(struct xenstore_watch *watch)
{
    int rc = watch_call(XS_UNWATCH, watch);
    for (struct xenstore_watch **link = &watches; *link; link = &(*link)->next)
        if (*link == watch) {
            *link = watch->next;
            break;
        }
    return rc;
}

void xenstore_watch_fired(const char *path, const char *token)
{
    for (struct xenstore_watch *watch = watches; watch; watch = watch->next)
        if (strcmp(watch->token, token) == 0) {
            strlcpy(watch->changed, path, sizeof(watch->changed));
            watch->fired++;
        }
}

void xenstore_watch_wait(struct xenstore_watch *watch)
{
    xenstore_wait_watch(&watch->fired);
    watch->fired = 0;
}

int xenstore_wait_read(const char *path, char *to, size_t size)
{
    struct xenstore_watch watch;
    int rc = xenstore_read(0, path, to, size);
    if (rc != -XEN_ENOENT && rc != -XEN_EACCES)
        return rc;
    rc = xenstore_watch(&watch, path);
    if (rc)
        return rc;
    do {
        xenstore_watch_wait(&watch);
        rc = xenstore_read(0, path, to, size);
    } while (rc == -XEN_ENOENT || rc == -XEN_EACCES);
    xenstore_unwatch(&watch);
    return rc;
}

int xenstore_wait_u64(const char *path, uint64_t *value)
{
    char text[32];
    const char *end;
    int rc = xenstore_wait_read(path, text, sizeof(text));
    if (rc < 0)
        return rc;
    *value = strtou64(text, &end);
    return end == text || *end ? -XEN_EINVAL : 0;
}

int xenstore_domid(void)
{
    uint64_t domid;
    int rc = xenstore_read_u64(0, "domid", &domid);
    return rc ? rc : (int)domid;
}
