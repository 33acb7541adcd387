/*
 * Scenarios: a few processes on one volume, in as many orders of turns as there are seeds.
 */
#ifndef FS_SCENARIO_H
#define FS_SCENARIO_H

#include "../../ext/native/shim.h"
#include <ringside-rt/fs.h>

#define PROCESSES 3
#define HERE FS_AT_FDCWD

struct scenario {
    const char *name;
    void (*run)(void);
};

#define SCENARIO(name) {#name, name}

extern uint64_t scenario_seed;

/** The processes, all of uid 0, and each one's own descriptor of the file "f". NULL: it ended. */
extern struct fs_process *p[PROCESSES];
extern int fds[PROCESSES];

#define require(condition) ((condition) ? (void)0 : scenario_fail(__FILE__, __LINE__, #condition))

void scenario_fail(const char *file, int line, const char *what);

/** Each with all seeds, on a fresh volume; e2fsck judges those of the first seeds. For main. */
int scenarios_run(const struct scenario *scenarios, size_t count, unsigned judged);

#endif
