/* The file system in this program: the same requests, carried out here. */
#include "../fileserver/dispatch.h"
#include "link.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/probe.h>

static struct fs_process *process;

static int64_t call(struct ivmc_file_request *request, uint64_t *extra)
{
    const struct files_area everything = {.bytes = UINT64_MAX};
    struct files_scratch *scratch = kmalloc(sizeof(*scratch));
    if (!scratch)
        return -ENOMEM;
    PROBE(file_begin, thread_current(), 0u, 0ul, request->op, request->fd, request->length);
    int64_t result = files_dispatch(process, request, &everything, scratch, NULL, extra);
    PROBE(file_end, thread_current(), result, *extra);
    kfree(scratch);
    return result;
}

static void *alloc(size_t bytes)
{
    return page_alloc(ALIGN_UP(bytes, PAGE_SIZE) / PAGE_SIZE);
}

static void free(void *memory, size_t bytes)
{
    page_free(memory, ALIGN_UP(bytes, PAGE_SIZE) / PAGE_SIZE);
}

static bool reaches(const void *memory, size_t bytes)
{
    (void)memory;
    (void)bytes;
    return true;
}

static uint64_t offset(const void *memory)
{
    return (uintptr_t)memory;
}

static const struct files_link local = {call, alloc, free, reaches, offset, NULL};

int files_open_local(struct fs_process *of)
{
    process = of;
    files_link = &local;
    return files_frames_init();
}
