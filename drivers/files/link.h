/*
 * Where the functions of ringside-rt/posix.h send their requests.
 */
#ifndef FILES_LINK_H
#define FILES_LINK_H

#include <ringside-rt/posix.h>

struct files_link {
    /* Carries a request out and waits; 0 or more, or -E..., and what the answer says beside it. */
    int64_t (*call)(struct ivmc_file_request *request, uint64_t *extra);
    /* Memory that requests can point into. */
    void *(*alloc)(size_t bytes);
    void (*free)(void *memory, size_t bytes);
    bool (*reaches)(const void *memory, size_t bytes);
    uint64_t (*offset)(const void *memory);
    /* Bytes that CPUs copied at a server and behind it; NULL: there is none. */
    uint64_t (*copied)(void);
};

/* Whoever it is now; NULL before files_open. */
extern const struct files_link *files_link;

/* Room for what a request points to beside content. */
struct files_frame {
    char path[FS_PATH_MAX];
    char second[FS_PATH_MAX + 65536]; /* another path, a structure, a name and its value */
};

/* To be called once by each files_open. */
int files_frames_init(void);

/* Waits until one is free. */
struct files_frame *files_frame_take(void);
void files_frame_give(struct files_frame *frame);

/* The result of a request, or -1 with errno set. */
int64_t files_call(struct ivmc_file_request *request);

/* The same, and what the answer says beside its result. */
int64_t files_call_extra(struct ivmc_file_request *request, uint64_t *extra);

/* On a path, which is put into the request; a frame is taken and given back. */
int64_t files_call_path(struct ivmc_file_request *request, const char *path, uint64_t *extra);

/* The same, with a second path or name at data2. */
int64_t files_call_paths(struct ivmc_file_request *request, const char *path, const char *second);

/* Puts a text into a frame; -1 with errno set when it is too long. */
int files_put_path(struct ivmc_file_request *request, struct files_frame *frame,
                   const char *path);

/* results.c: the largest result that the request can have; what is below 0 is a status. */
uint64_t files_result_max(const struct ivmc_file_request *request);

/* Sets errno from -E...; -1 then. */
int64_t files_result(int64_t result);

/* What dup shares: an open file description of POSIX. */
struct files_description {
    uint64_t offset;
    uint32_t ino, generation;
    int flags;
    int flock; /* FS_LOCK_SH, FS_LOCK_EX, or 0 */
    bool closing; /* the last server may have done that */
    bool lost;    /* a new server could not open it again */
    unsigned users;
};

/* share.c: what a server's channel page says; a request then, if there is something to share */
struct ivmc_client;
void files_share_with(domid_t domid);
bool files_share_request(const struct ivmc_client *client, struct ivmc_file_request *request);

/* table.c: the server's descriptor behind one of ours, -1 with EBADF; FS_AT_FDCWD stays. */
int files_remote(int fd);
bool files_is_console(int fd);
/* Of a descriptor that files_remote knows. */
struct files_description *files_description(int fd);
/* A new descriptor for one of the server's: the lowest from there on; -1 and EMFILE. */
int files_enter(int remote, struct files_description *of, int from);
/* Forgets it; the server's, or -1 when it had none. */
int files_leave(int fd);
/* Calls fn with each until it returns other than 0, and returns that. */
int files_each(int (*fn)(int remote, struct files_description *of, int shared_with));
/* The server's number of a descriptor of an inode, not opened that way (FS_O_RDONLY, WRONLY); -1 */
int files_remote_of(uint32_t ino, uint32_t generation, int not);

/* paths.c: the working directory and the umask, for a new server */
extern uint32_t files_directory_ino, files_directory_generation; /* 0: the root */
extern int64_t files_mask; /* -1: never set */
void files_directory_changed(void);

/* locks.c: record locks that we have, for a new server */
struct files_lock {
    struct files_lock *next;
    uint32_t ino, generation;
    int16_t type;
    uint64_t start, end; /* last byte; UINT64_MAX: of any file */
};
extern struct files_lock *files_locks;
/* It was set, or taken back. */
void files_lock_changed(const struct files_description *of, int16_t type, uint64_t start,
                        uint64_t length);
/* A descriptor was closed, and with it all locks on its inode. */
void files_locks_gone(const struct files_description *of);

#endif
