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
    check_registers();
    check_identify();
    check_features();
    check_logs();
    check_queues();
    check_queue_errors();
    check_prps();
    check_blocks();
    check_errors();
    check_events();
    check_interrupts();
    check_resets();
    return check_verdict();
}
