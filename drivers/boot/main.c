/*
 * From the first C function to main(). Each step may use what the steps above it set up.
 */
#include <ringside-rt/bare.h>
#include <ringside-rt/boot.h>
#include <ringside-rt/cmdline.h>
#include <ringside-rt/console.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/print.h>
#include <ringside-rt/shutdown.h>
#include <ringside-rt/thread.h>

void boot_main(const struct hvm_start_info *info);

static struct boot_range memmap[BOOT_MEMMAP_MAX];
static unsigned memmap_entries;
static struct boot_range modules[BOOT_MODULES_MAX];
static unsigned module_count;

unsigned boot_memmap_entries(void)
{
    return memmap_entries;
}

const struct boot_range *boot_memmap(unsigned index)
{
    return &memmap[index];
}

unsigned boot_modules(void)
{
    return module_count;
}

const struct boot_range *boot_module(unsigned index)
{
    return &modules[index];
}

/* The start info lies in memory that is about to be handed out: copy all of it. */
static void copy_start_info(const struct hvm_start_info *info)
{
    const struct hvm_memmap_table_entry *range = (void *)info->memmap_paddr;
    const struct hvm_modlist_entry *module = (void *)info->modlist_paddr;
    panic_unless(info->magic == XEN_HVM_START_MAGIC_VALUE);
    panic_unless(info->version >= 1 && info->memmap_paddr);
    cmdline_init((const char *)info->cmdline_paddr);
    for (unsigned i = 0; i < info->memmap_entries && i < BOOT_MEMMAP_MAX; i++)
        memmap[memmap_entries++] = (struct boot_range){
            .start = range[i].addr,
            .end = range[i].addr + range[i].size,
            .ram = range[i].type == XEN_HVM_MEMMAP_TYPE_RAM,
        };
    for (unsigned i = 0; i < info->nr_modules && i < BOOT_MODULES_MAX; i++)
        modules[module_count++] = (struct boot_range){
            .start = module[i].paddr,
            .end = module[i].paddr + module[i].size,
        };
}

void boot_main(const struct hvm_start_info *info)
{
    percpu_install(&percpu_boot, 0);
    if (!bare_machine && !hypercall_init())
        for (;;)
            asm volatile("cli; hlt"); /* nobody there to tell */
    copy_start_info(info);
    pages_init();
    paging_init();
    if (bare_machine) {
        bare_init();
    } else {
        console_init();
        event_init();
    }
    thread_init();
    irq_enable();
    int result = main();
    if (result) {
        printf("main returned %d\n", result);
        shutdown_crash();
    }
    shutdown_poweroff();
}
