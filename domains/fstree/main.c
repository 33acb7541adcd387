/*
 * Tells what files a volume has, so that others can be asked whether that is true.
 *
 *   make=DIRECTORY   makes a tree there first
 */
#include "tree.h"

#include <ringside-rt/cmdline.h>
#include <ringside-rt/posix.h>
#include <ringside-rt/test.h>

void test_main(void)
{
    const struct files_options options = {0};
    test_need(files_open_ivmc(&options) == 0);
    if (cmdline_get("make"))
        tree_make(cmdline_get("make"));
    tree_tell("/");
}
