/* Invariant: each name is a copy of its own; all has room for count of them. */
#include "names.h"

#include <ringside-rt/memory.h>
#include <ringside-rt/string.h>

static bool grow(struct names *names)
{
    size_t room = names->room ? names->room * 2 : 64;
    char **all = kmalloc(room * sizeof(*all));
    if (!all)
        return false;
    if (names->count)
        memcpy(all, names->all, names->count * sizeof(*all));
    kfree(names->all);
    names->all = all;
    names->room = room;
    return true;
}

bool names_add(struct names *names, const char *name)
{
    size_t size = strlen(name) + 1;
    if (names->count == names->room && !grow(names))
        return false;
    char *copy = kmalloc(size);
    if (!copy)
        return false;
    memcpy(copy, name, size);
    names->all[names->count++] = copy;
    return true;
}

/* Lets a name sink to where it belongs in a heap. */
static void sink(char **all, size_t at, size_t count)
{
    char *name = all[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && strcmp(all[child + 1], all[child]) > 0)
            child++;
        if (strcmp(all[child], name) <= 0)
            break;
        all[at] = all[child];
    }
    all[at] = name;
}

void names_sort(struct names *names)
{
    for (size_t i = names->count / 2; i-- > 0;)
        sink(names->all, i, names->count);
    for (size_t left = names->count; left > 1; left--) {
        char *last = names->all[left - 1];
        names->all[left - 1] = names->all[0];
        names->all[0] = last;
        sink(names->all, 0, left - 1);
    }
}

void names_free(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        kfree(names->all[i]);
    kfree(names->all);
    *names = (struct names){0};
}
