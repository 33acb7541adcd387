/*
 * PCI by configuration mechanism #1 (ports 0xcf8 and 0xcfc). Looks at bus 0 only; relies on
 * firmware or the hypervisor for the addresses in BARs. For one vCPU at a time.
 */
#ifndef RINGSIDE_RT_PCI_H
#define RINGSIDE_RT_PCI_H

#include <ringside-rt/compiler.h>

/* Configuration registers, and bits of the command register. */
#define PCI_VENDOR 0x00
#define PCI_COMMAND 0x04
#define PCI_STATUS 0x06
#define PCI_CLASS_REVISION 0x08
#define PCI_HEADER_TYPE 0x0e
#define PCI_BAR 0x10
#define PCI_CAPABILITIES 0x34
#define PCI_COMMAND_MEMORY 0x2
#define PCI_COMMAND_MASTER 0x4
#define PCI_COMMAND_INTX_OFF 0x400
#define PCI_STATUS_CAPABILITIES 0x10

#define PCI_CAP_MSIX 0x11

/** Base class, sub-class, programming interface of NVMe. */
#define PCI_CLASS_NVME 0x010802u

struct pci_function {
    uint8_t device, function;
};

/** offset: a multiple of 4 in 0 to 252. */
uint32_t pci_read(struct pci_function f, unsigned offset);
void pci_write(struct pci_function f, unsigned offset, uint32_t value);

/** offset: a multiple of 2. The other half is not written. */
uint16_t pci_read16(struct pci_function f, unsigned offset);
void pci_write16(struct pci_function f, unsigned offset, uint16_t value);

/** The index-th function with this class, from 0, in rising order; false: there is none. */
bool pci_find_class(uint32_t class, unsigned index, struct pci_function *f);

/** A memory BAR. */
struct pci_bar {
    uint64_t address; /* 0: none was assigned */
    uint64_t bytes;   /* 0: there is no such BAR */
    bool wide;        /* of 64 bits, so that it is two registers */
};

/** Measures with the function's memory switched off meanwhile. I/O BARs count as absent. */
struct pci_bar pci_bar(struct pci_function f, unsigned index);

/** Offset of the first capability with this id; 0: there is none. */
unsigned pci_capability(struct pci_function f, uint8_t id);

/** Lets the function answer in memory and be a bus master; its INTx is off. */
void pci_enable(struct pci_function f);

/** A function's MSI-X table and pending bits, mapped. */
struct pci_msix {
    struct pci_function function;
    unsigned capability;
    unsigned vectors;
    volatile uint32_t *table;
    volatile uint32_t *pending;
};

/** Maps both; all vectors are masked, MSI-X is on. False: the function has none. */
bool pci_msix_open(struct pci_function f, struct pci_msix *msix);

/** MSI-X off, so that no message is sent. */
void pci_msix_close(struct pci_msix *msix);

/** What a vector sends: to vCPU 0, the IDT vector given. Stays masked. */
void pci_msix_set(struct pci_msix *msix, unsigned vector, int idt_vector);

/** Unmasking sends what became pending meanwhile. */
void pci_msix_mask(struct pci_msix *msix, unsigned vector, bool masked);

/** All vectors at once, beside each one's own mask. */
void pci_msix_mask_function(struct pci_msix *msix, bool masked);

bool pci_msix_pending(const struct pci_msix *msix, unsigned vector);

#endif
