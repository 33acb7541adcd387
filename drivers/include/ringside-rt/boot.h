/*
 * What the domain was started with: memory map and modules, copied out of the start info; and
 * where the image lies.
 */
#ifndef RINGSIDE_RT_BOOT_H
#define RINGSIDE_RT_BOOT_H

#include <ringside-rt/compiler.h>

/** More entries of the memory map or module list than this are not looked at. */
#define BOOT_MEMMAP_MAX 32
#define BOOT_MODULES_MAX 8

/** Physical addresses from start to end - 1. */
struct boot_range {
    uint64_t start, end;
    bool ram;
};

unsigned boot_memmap_entries(void);
const struct boot_range *boot_memmap(unsigned index);

/** Files loaded beside the image; their memory is never allocated. */
unsigned boot_modules(void);
const struct boot_range *boot_module(unsigned index);

/* Set by image.ld; all page aligned. */
extern const char image_start[], image_end[];
extern const char image_text_start[], image_text_end[];
extern const char image_rodata_start[], image_rodata_end[];

/** The program's entry. 0: the domain powers off; anything else: it ends as crashed. */
int main(void);

#endif
