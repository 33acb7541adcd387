/*
 * What programs of different domains can count on when they share files: most parts need two
 * domains, which tell each other by files how far they are.
 */
#ifndef FILES_CHECK_H
#define FILES_CHECK_H

#include <ringside-rt/hypercall.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/test.h>

/* A call that fails, with that number. */
#define refused(call, number)                                                                      \
    (test_returns((call), -1), test_check(errno == (number), "%s: %s instead of %s", #call,        \
                                          errno_name(-errno), errno_name(-(number))))

/** The other domain can go on behind its await of that name. */
void tell(const char *name);
void await(const char *name);

/** permissions.c: uid 0 makes files, and finds its way everywhere; others do not. */
void permissions_of_superuser(void);
void permissions_of_user(void);

/** locks.c: one holds locks; another is kept out, waits, and gets what is given back. */
void locks_holder(void);
void locks_waiter(void);

/** honest.c: what it wrote is what it reads. */
void honest(void);

/** visitor.c: looks at everything that is there and changes a little; all of it may fail. */
void visitor(void);

#endif
