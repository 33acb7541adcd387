/* Linked into programs that do not define it themselves: there is a hypervisor. */
#include <ringside-rt/bare.h>

const bool bare_machine = false;
