/*
 * MSI-X (PCI Local Bus Specification 3.0, 6.8.2). Invariant: a vector is unmasked only after its
 * message was set.
 */
#include <ringside-rt/interrupt.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/pci.h>

#define CONTROL 2
#define CONTROL_ENABLE 0x8000u
#define CONTROL_MASK_ALL 0x4000u
#define CONTROL_SIZE 0x7ffu
#define TABLE 4
#define PENDING 8
#define BAR_INDEX 7u
#define ENTRY_WORDS 4
#define VECTOR_MASKED 1u

/* Maps what one of the two offset registers says. */
static volatile uint32_t *map(struct pci_function f, uint32_t where, size_t bytes)
{
    struct pci_bar bar = pci_bar(f, where & BAR_INDEX);
    uint64_t from = bar.address + (where & ~BAR_INDEX);
    uint64_t page = ALIGN_DOWN(from, PAGE_SIZE);
    paging_map(page, page, (ALIGN_UP(from + bytes, PAGE_SIZE) - page) >> PAGE_SHIFT,
               PAGING_WRITE | PAGING_UNCACHED);
    return (volatile uint32_t *)from;
}

static void control(const struct pci_msix *msix, uint16_t clear, uint16_t set)
{
    unsigned offset = msix->capability + CONTROL;
    uint16_t value = pci_read16(msix->function, offset);
    pci_write16(msix->function, offset, (uint16_t)((value & ~clear) | set));
}

bool pci_msix_open(struct pci_function f, struct pci_msix *msix)
{
    unsigned at = pci_capability(f, PCI_CAP_MSIX);
    if (!at)
        return false;
    *msix = (struct pci_msix){.function = f, .capability = at};
    msix->vectors = (pci_read16(f, at + CONTROL) & CONTROL_SIZE) + 1;
    msix->table = map(f, pci_read(f, at + TABLE), msix->vectors * ENTRY_WORDS * 4);
    msix->pending = map(f, pci_read(f, at + PENDING), ALIGN_UP(msix->vectors, 64) / 8);
    control(msix, 0, CONTROL_ENABLE | CONTROL_MASK_ALL);
    for (unsigned i = 0; i < msix->vectors; i++)
        pci_msix_mask(msix, i, true);
    control(msix, CONTROL_MASK_ALL, 0);
    return true;
}

void pci_msix_close(struct pci_msix *msix)
{
    control(msix, CONTROL_ENABLE, 0);
}

void pci_msix_set(struct pci_msix *msix, unsigned vector, int idt_vector)
{
    volatile uint32_t *entry = msix->table + vector * ENTRY_WORDS;
    uint64_t address = interrupt_message_address();
    pci_msix_mask(msix, vector, true);
    entry[0] = (uint32_t)address;
    entry[1] = (uint32_t)(address >> 32);
    entry[2] = interrupt_message_data(idt_vector);
}

void pci_msix_mask(struct pci_msix *msix, unsigned vector, bool masked)
{
    msix->table[vector * ENTRY_WORDS + 3] = masked ? VECTOR_MASKED : 0;
}

void pci_msix_mask_function(struct pci_msix *msix, bool masked)
{
    control(msix, masked ? 0 : CONTROL_MASK_ALL, masked ? CONTROL_MASK_ALL : 0);
}

bool pci_msix_pending(const struct pci_msix *msix, unsigned vector)
{
    return msix->pending[vector / 32] >> vector % 32 & 1;
}
