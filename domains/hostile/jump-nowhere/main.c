/* Jumps to an address that is not mapped. */
#include <ringside-rt/test.h>

void test_main(void)
{
    ((void (*)(void))0x00007fffdeadb000)();
}
