/*
 * The NVMe driver alone, and a controller under test: no hypercall is made, so the same image runs
 * on QEMU, and its report can be compared line by line.
 */
#include "check.h"
#include <ringside-rt/bare.h>
#include <ringside-rt/boot.h>

const bool bare_machine = true;

int main(void)
{
    rig_find();
    check_driver();
    check_block_device();
    return check_verdict();
}
