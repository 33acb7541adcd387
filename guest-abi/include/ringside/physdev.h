/* Physical devices and their interrupts. Generated from physdev.abi; do not edit. */
#ifndef RINGSIDE_PHYSDEV_H
#define RINGSIDE_PHYSDEV_H

#include "xen.h"

/* XENIRQSTAT: Flags of physdev_irq_status_query. */
#define XENIRQSTAT_needs_eoi 1 /* the guest must call PHYSDEVOP_eoi */
#define XENIRQSTAT_shared    2 /* other domains use the line too */

/* MAP_PIRQ_TYPE: Kinds of interrupts. */
#define MAP_PIRQ_TYPE_MSI       0 /* a message */
#define MAP_PIRQ_TYPE_GSI       1 /* an interrupt line */
#define MAP_PIRQ_TYPE_UNKNOWN   2 /* not told */
#define MAP_PIRQ_TYPE_MSI_SEG   3 /* a message, of a device in a given segment */
#define MAP_PIRQ_TYPE_MULTI_MSI 4 /* several messages */

/* PHYSDEVOP: Operations of physdev_op. */
#define PHYSDEVOP_irq_status_query   5 /* Ask about a physical interrupt. */
#define PHYSDEVOP_set_iopl           6 /* Set the I/O privilege level of a PV guest. */
#define PHYSDEVOP_set_iobitmap       7 /* Set the I/O permission bitmap of a PV guest. */
#define PHYSDEVOP_apic_read          8 /* Read a register of an I/O APIC. */
#define PHYSDEVOP_apic_write         9 /* Write a register of an I/O APIC. */
#define PHYSDEVOP_alloc_irq_vector   10 /* Choose a vector for a physical interrupt. */
#define PHYSDEVOP_free_irq_vector    11 /* Free the vector of a physical interrupt. */
/* Tell that an interrupt has been handled; while its line is asserted, it is sent again. */
#define PHYSDEVOP_eoi                12
#define PHYSDEVOP_map_pirq           13 /* Give an interrupt a number in a domain. */
#define PHYSDEVOP_unmap_pirq         14 /* Take the number back. */
#define PHYSDEVOP_manage_pci_add     15 /* Tell of a new PCI device. */
#define PHYSDEVOP_manage_pci_remove  16 /* Tell that a PCI device is gone. */
#define PHYSDEVOP_pirq_eoi_gmfn_v1   17 /* Share a bitmap of interrupts that need EOI. */
#define PHYSDEVOP_restore_msi        19 /* Write a device's messages again after a sleep. */
#define PHYSDEVOP_manage_pci_add_ext 20 /* Tell of a new PCI device function. */
#define PHYSDEVOP_setup_gsi          21 /* Set an interrupt line up. */
#define PHYSDEVOP_get_free_pirq      23 /* Ask for a free number. */
#define PHYSDEVOP_pci_mmcfg_reserved 24 /* Tell where PCI configuration space is mapped. */
#define PHYSDEVOP_pci_device_add     25 /* Tell of a new PCI device. */
#define PHYSDEVOP_pci_device_remove  26 /* Tell that a PCI device is gone. */
#define PHYSDEVOP_restore_msi_ext    27 /* Write a device's messages again after a sleep. */
#define PHYSDEVOP_pirq_eoi_gmfn_v2   28 /* Share a bitmap of interrupts that need EOI. */
#define PHYSDEVOP_dbgp_op            29 /* Prepare the USB debug port for a reset. */
#define PHYSDEVOP_prepare_msix       30 /* Prepare a device's MSI-X for another domain. */
#define PHYSDEVOP_release_msix       31 /* Undo PHYSDEVOP_prepare_msix. */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* Argument of PHYSDEVOP_eoi. */
struct physdev_eoi {
    uint32_t irq; /* in */
};
RINGSIDE_SIZE(struct physdev_eoi, 4, 4);
RINGSIDE_OFFSET(struct physdev_eoi, irq, 0, 0);

/* Argument of PHYSDEVOP_irq_status_query. */
struct physdev_irq_status_query {
    uint32_t irq; /* in */
    uint32_t flags; /* out, XENIRQSTAT */
};
RINGSIDE_SIZE(struct physdev_irq_status_query, 8, 8);
RINGSIDE_OFFSET(struct physdev_irq_status_query, irq, 0, 0);
RINGSIDE_OFFSET(struct physdev_irq_status_query, flags, 4, 4);

/* Argument of PHYSDEVOP_map_pirq. */
struct physdev_map_pirq {
    domid_t domid; /* in, DOMID: who gets the interrupt; DOMID_SELF unless privileged */
    int32_t type; /* in, MAP_PIRQ_TYPE */
    int32_t index; /* in: the line, for MAP_PIRQ_TYPE_GSI */
    int32_t pirq; /* inout: its number in the domain; in: negative chooses a free one */
    int32_t bus; /* in: the device's bus, and its segment above */
    int32_t devfn; /* in */
    int32_t entry_nr; /* inout: entry of the MSI-X table, or number of messages */
    uint64_t table_base; /* in: address of the MSI-X table; 0 for MSI */
};
RINGSIDE_SIZE(struct physdev_map_pirq, 40, 36);
RINGSIDE_OFFSET(struct physdev_map_pirq, domid, 0, 0);
RINGSIDE_OFFSET(struct physdev_map_pirq, type, 4, 4);
RINGSIDE_OFFSET(struct physdev_map_pirq, index, 8, 8);
RINGSIDE_OFFSET(struct physdev_map_pirq, pirq, 12, 12);
RINGSIDE_OFFSET(struct physdev_map_pirq, bus, 16, 16);
RINGSIDE_OFFSET(struct physdev_map_pirq, devfn, 20, 20);
RINGSIDE_OFFSET(struct physdev_map_pirq, entry_nr, 24, 24);
RINGSIDE_OFFSET(struct physdev_map_pirq, table_base, 32, 28);

/* struct physdev_map_pirq in the layout of a 32-bit caller. */
struct compat_physdev_map_pirq {
    domid_t domid; /* in, DOMID: who gets the interrupt; DOMID_SELF unless privileged */
    int32_t type; /* in, MAP_PIRQ_TYPE */
    int32_t index; /* in: the line, for MAP_PIRQ_TYPE_GSI */
    int32_t pirq; /* inout: its number in the domain; in: negative chooses a free one */
    int32_t bus; /* in: the device's bus, and its segment above */
    int32_t devfn; /* in */
    int32_t entry_nr; /* inout: entry of the MSI-X table, or number of messages */
    /* in: address of the MSI-X table; 0 for MSI */
    uint64_t table_base __attribute__((packed, aligned(4)));
};
RINGSIDE_SIZE(struct compat_physdev_map_pirq, 36, 36);
RINGSIDE_OFFSET(struct compat_physdev_map_pirq, domid, 0, 0);
RINGSIDE_OFFSET(struct compat_physdev_map_pirq, type, 4, 4);
RINGSIDE_OFFSET(struct compat_physdev_map_pirq, index, 8, 8);
RINGSIDE_OFFSET(struct compat_physdev_map_pirq, pirq, 12, 12);
RINGSIDE_OFFSET(struct compat_physdev_map_pirq, bus, 16, 16);
RINGSIDE_OFFSET(struct compat_physdev_map_pirq, devfn, 20, 20);
RINGSIDE_OFFSET(struct compat_physdev_map_pirq, entry_nr, 24, 24);
RINGSIDE_OFFSET(struct compat_physdev_map_pirq, table_base, 28, 28);

/* Argument of PHYSDEVOP_unmap_pirq. */
struct physdev_unmap_pirq {
    domid_t domid; /* in, DOMID: who has the interrupt; DOMID_SELF unless privileged */
    int32_t pirq; /* in */
};
RINGSIDE_SIZE(struct physdev_unmap_pirq, 8, 8);
RINGSIDE_OFFSET(struct physdev_unmap_pirq, domid, 0, 0);
RINGSIDE_OFFSET(struct physdev_unmap_pirq, pirq, 4, 4);

/* Argument of PHYSDEVOP_setup_gsi. */
struct physdev_setup_gsi {
    int32_t gsi; /* in */
    uint8_t triggering; /* in: 0 edge, 1 level */
    uint8_t polarity; /* in: 0 high, 1 low */
};
RINGSIDE_SIZE(struct physdev_setup_gsi, 8, 8);
RINGSIDE_OFFSET(struct physdev_setup_gsi, gsi, 0, 0);
RINGSIDE_OFFSET(struct physdev_setup_gsi, triggering, 4, 4);
RINGSIDE_OFFSET(struct physdev_setup_gsi, polarity, 5, 5);

/* Argument of PHYSDEVOP_get_free_pirq. */
struct physdev_get_free_pirq {
    int32_t type; /* in, MAP_PIRQ_TYPE */
    uint32_t pirq; /* out */
};
RINGSIDE_SIZE(struct physdev_get_free_pirq, 8, 8);
RINGSIDE_OFFSET(struct physdev_get_free_pirq, type, 0, 0);
RINGSIDE_OFFSET(struct physdev_get_free_pirq, pirq, 4, 4);

/* Argument of PHYSDEVOP_pci_mmcfg_reserved. */
struct physdev_pci_mmcfg_reserved {
    uint64_t address; /* in: of the configuration space */
    uint16_t segment; /* in */
    uint8_t start_bus; /* in */
    uint8_t end_bus; /* in */
    uint32_t flags; /* in: 1: reserved in the memory map */
};
RINGSIDE_SIZE(struct physdev_pci_mmcfg_reserved, 16, 16);
RINGSIDE_OFFSET(struct physdev_pci_mmcfg_reserved, address, 0, 0);
RINGSIDE_OFFSET(struct physdev_pci_mmcfg_reserved, segment, 8, 8);
RINGSIDE_OFFSET(struct physdev_pci_mmcfg_reserved, start_bus, 10, 10);
RINGSIDE_OFFSET(struct physdev_pci_mmcfg_reserved, end_bus, 11, 11);
RINGSIDE_OFFSET(struct physdev_pci_mmcfg_reserved, flags, 12, 12);

/* Argument of PHYSDEVOP_pci_device_remove and others. */
struct physdev_pci_device {
    uint16_t seg; /* in */
    uint8_t bus; /* in */
    uint8_t devfn; /* in */
};
RINGSIDE_SIZE(struct physdev_pci_device, 4, 4);
RINGSIDE_OFFSET(struct physdev_pci_device, seg, 0, 0);
RINGSIDE_OFFSET(struct physdev_pci_device, bus, 2, 2);
RINGSIDE_OFFSET(struct physdev_pci_device, devfn, 3, 3);

#endif /* __ASSEMBLER__ */

#endif
