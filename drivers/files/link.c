/*
 * Requests on their way: frames for their paths, results to errno.
 */
#include "link.h"
#include <ringside-rt/string.h>

#define FRAMES 4

const struct files_link *files_link;
int errno;

static struct files_frame *frames[FRAMES];
static unsigned count;
static struct semaphore available;

int files_frames_init(void)
{
    while (count < FRAMES) {
        struct files_frame *frame = files_link->alloc(sizeof(*frame));
        if (!frame)
            return -ENOMEM;
        frames[count++] = frame;
        semaphore_up(&available);
    }
    return 0;
}

struct files_frame *files_frame_take(void)
{
    semaphore_down(&available);
    return frames[--count];
}

void files_frame_give(struct files_frame *frame)
{
    frames[count++] = frame;
    semaphore_up(&available);
}

int64_t files_result(int64_t result)
{
    if (result >= 0)
        return result;
    errno = (int)-result;
    return -1;
}

int64_t files_call_extra(struct ivmc_file_request *request, uint64_t *extra)
{
    return files_result(files_link ? files_link->call(request, extra) : -ENOSYS);
}

int64_t files_call(struct ivmc_file_request *request)
{
    uint64_t extra;
    return files_call_extra(request, &extra);
}

int files_put_path(struct ivmc_file_request *request, struct files_frame *frame, const char *path)
{
    size_t length = strlcpy(frame->path, path, sizeof(frame->path)) + 1;
    if (length > sizeof(frame->path))
        return (int)files_result(-ENAMETOOLONG);
    request->data = files_link->offset(frame->path);
    request->length = (uint32_t)length;
    return 0;
}

int64_t files_call_path(struct ivmc_file_request *request, const char *path, uint64_t *extra)
{
    if (!files_link)
        return files_result(-ENOSYS);
    struct files_frame *frame = files_frame_take();
    int64_t result = files_put_path(request, frame, path);
    if (!result)
        result = files_call_extra(request, extra);
    files_frame_give(frame);
    return result;
}

int64_t files_call_paths(struct ivmc_file_request *request, const char *path, const char *second)
{
    if (!files_link)
        return files_result(-ENOSYS);
    struct files_frame *frame = files_frame_take();
    size_t length = strlcpy(frame->second, second, FS_PATH_MAX) + 1;
    int64_t result = length > FS_PATH_MAX ? files_result(-ENAMETOOLONG) : 0;
    request->data2 = files_link->offset(frame->second);
    request->length2 = (uint32_t)length;
    if (!result && path)
        result = files_put_path(request, frame, path);
    if (!result)
        result = files_call(request);
    files_frame_give(frame);
    return result;
}
