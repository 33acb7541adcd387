/* Settings of a hardware-virtualized domain. Generated from hvm.abi; do not edit. */
#ifndef RINGSIDE_HVM_H
#define RINGSIDE_HVM_H

#include "xen.h"

/* HVM_PARAM: A domain's parameters. */
/* how events interrupt the domain: type in bits 63:56; 0 is not at all */
#define HVM_PARAM_CALLBACK_IRQ             0
#define HVM_PARAM_STORE_PFN                1 /* guest frame of the xenstore page */
#define HVM_PARAM_STORE_EVTCHN             2 /* port of xenstore */
#define HVM_PARAM_PAE_ENABLED              4 /* unused */
#define HVM_PARAM_IOREQ_PFN                5 /* guest frame for the device model */
/* guest frame for the device model's buffered requests */
#define HVM_PARAM_BUFIOREQ_PFN             6
#define HVM_PARAM_VIRIDIAN                 9 /* which parts of Hyper-V are shown */
#define HVM_PARAM_TIMER_MODE               10 /* what happens to missed timer ticks */
#define HVM_PARAM_HPET_ENABLED             11 /* whether there is an HPET */
#define HVM_PARAM_IDENT_PT                 12 /* an identity page table */
#define HVM_PARAM_DM_DOMAIN                13 /* unused */
#define HVM_PARAM_ACPI_S_STATE             14 /* sleep state */
#define HVM_PARAM_VM86_TSS                 15 /* a TSS for real mode */
#define HVM_PARAM_VPT_ALIGN                16 /* whether periodic timers are aligned */
#define HVM_PARAM_CONSOLE_PFN              17 /* guest frame of the console page */
#define HVM_PARAM_CONSOLE_EVTCHN           18 /* port of the console */
#define HVM_PARAM_ACPI_IOPORTS_LOCATION    19 /* which I/O ports ACPI uses */
#define HVM_PARAM_MEMORY_EVENT_CR0         20 /* unused */
#define HVM_PARAM_MEMORY_EVENT_CR3         21 /* unused */
#define HVM_PARAM_MEMORY_EVENT_CR4         22 /* unused */
#define HVM_PARAM_MEMORY_EVENT_INT3        23 /* unused */
#define HVM_PARAM_NESTEDHVM                24 /* unused */
#define HVM_PARAM_MEMORY_EVENT_SINGLE_STEP 25 /* unused */
#define HVM_PARAM_BUFIOREQ_EVTCHN          26 /* unused */
#define HVM_PARAM_PAGING_RING_PFN          27 /* guest frame of the paging ring */
#define HVM_PARAM_MONITOR_RING_PFN         28 /* guest frame of the monitor ring */
#define HVM_PARAM_SHARING_RING_PFN         29 /* guest frame of the sharing ring */
#define HVM_PARAM_MEMORY_EVENT_MSR         30 /* unused */
#define HVM_PARAM_TRIPLE_FAULT_REASON      31 /* reason of the shutdown after a triple fault */
#define HVM_PARAM_IOREQ_SERVER_PFN         32 /* first guest frame for device models */
#define HVM_PARAM_NR_IOREQ_SERVER_PAGES    33 /* how many */
#define HVM_PARAM_VM_GENERATION_ID_ADDR    34 /* guest-physical address of the generation id */
#define HVM_PARAM_ALTP2M                   35 /* mode of alternate p2m tables */
/* width of the saved x87 instruction pointer: 0, 4 or 8 */
#define HVM_PARAM_X87_FIP_WIDTH            36
/* as HVM_PARAM_VM86_TSS, with its size in bits 63:32 */
#define HVM_PARAM_VM86_TSS_SIZED           37
#define HVM_PARAM_MCA_CAP                  38 /* machine check abilities */

/* HVM_PARAM_RANGE: Bounds of parameters. */
#define HVM_NR_PARAMS 39 /* every parameter is below */

/* HVM_PARAM_CALLBACK_TYPE: Bits 63:56 of HVM_PARAM_CALLBACK_IRQ. */
#define HVM_PARAM_CALLBACK_TYPE_GSI      0 /* an interrupt line, its number in bits 55:0 */
/* a PCI pin: domain 47:32, bus 31:16, devfn 15:8, pin 1:0 */
#define HVM_PARAM_CALLBACK_TYPE_PCI_INTX 1
#define HVM_PARAM_CALLBACK_TYPE_VECTOR   2 /* a vector, in bits 7:0, on every vCPU, without EOI */

/* HVM_PARAM_CALLBACK_IRQ_BITS: Masks of HVM_PARAM_CALLBACK_IRQ. */
#define HVM_PARAM_CALLBACK_IRQ_TYPE_MASK 0xff00000000000000 /* the type */

/* HVMMEM: Types of a guest frame. */
#define HVMMEM_ram_rw       0 /* memory */
#define HVMMEM_ram_ro       1 /* memory; writes are dropped */
#define HVMMEM_mmio_dm      2 /* device */
#define HVMMEM_unused       3 /* not used */
#define HVMMEM_ioreq_server 4 /* watched by a device model */

/* HVMOP: Operations of hvm_op. */
#define HVMOP_set_param                0 /* Set a parameter. */
#define HVMOP_get_param                1 /* Ask for a parameter. */
/* Flush the TLBs of all vCPUs; the argument must be NULL. */
#define HVMOP_flush_tlbs               5
#define HVMOP_pagetable_dying          9 /* Tell that a page table is about to go. */
#define HVMOP_get_time                 10 /* Ask for the system time. */
#define HVMOP_xentrace                 11 /* Write a record into the hypervisor's trace. */
#define HVMOP_get_mem_type             15 /* Ask for the type of a guest frame. */
/* Let a vCPU's events come as a vector through its local APIC, to be ended by EOI. */
#define HVMOP_set_evtchn_upcall_vector 23
#define HVMOP_guest_request_vm_event   24 /* Raise an event for a monitoring tool. */
#define HVMOP_altp2m                   25 /* Alternate p2m tables. */

#ifndef __ASSEMBLER__

#include <stdint.h>
#include "layout.h"

/* Argument of HVMOP_set_param and HVMOP_get_param. */
struct xen_hvm_param {
    domid_t domid; /* in, DOMID: DOMID_SELF unless privileged */
    uint16_t pad;
    uint32_t index; /* in, HVM_PARAM */
    uint64_t value; /* inout */
};
RINGSIDE_SIZE(struct xen_hvm_param, 16, 16);
RINGSIDE_OFFSET(struct xen_hvm_param, domid, 0, 0);
RINGSIDE_OFFSET(struct xen_hvm_param, index, 4, 4);
RINGSIDE_OFFSET(struct xen_hvm_param, value, 8, 8);

/* Argument of HVMOP_pagetable_dying. */
struct xen_hvm_pagetable_dying {
    domid_t domid; /* in, DOMID */
    uint16_t pad[3];
    uint64_t gpa; /* in: guest-physical address of the top page table */
};
RINGSIDE_SIZE(struct xen_hvm_pagetable_dying, 16, 16);
RINGSIDE_OFFSET(struct xen_hvm_pagetable_dying, domid, 0, 0);
RINGSIDE_OFFSET(struct xen_hvm_pagetable_dying, gpa, 8, 8);

/* Argument of HVMOP_get_time. */
struct xen_hvm_get_time {
    uint64_t now; /* out: system time in ns */
};
RINGSIDE_SIZE(struct xen_hvm_get_time, 8, 8);
RINGSIDE_OFFSET(struct xen_hvm_get_time, now, 0, 0);

/* Argument of HVMOP_get_mem_type. */
struct xen_hvm_get_mem_type {
    domid_t domid; /* in, DOMID */
    uint16_t mem_type; /* out, HVMMEM */
    uint16_t pad[2];
    uint64_t pfn; /* in: the guest frame */
};
RINGSIDE_SIZE(struct xen_hvm_get_mem_type, 16, 16);
RINGSIDE_OFFSET(struct xen_hvm_get_mem_type, domid, 0, 0);
RINGSIDE_OFFSET(struct xen_hvm_get_mem_type, mem_type, 2, 2);
RINGSIDE_OFFSET(struct xen_hvm_get_mem_type, pfn, 8, 8);

/* Argument of HVMOP_set_evtchn_upcall_vector. */
struct xen_hvm_evtchn_upcall_vector {
    uint32_t vcpu; /* in */
    uint8_t vector; /* in: 16 to 255; 0 goes back to HVM_PARAM_CALLBACK_IRQ */
};
RINGSIDE_SIZE(struct xen_hvm_evtchn_upcall_vector, 8, 8);
RINGSIDE_OFFSET(struct xen_hvm_evtchn_upcall_vector, vcpu, 0, 0);
RINGSIDE_OFFSET(struct xen_hvm_evtchn_upcall_vector, vector, 4, 4);

#endif /* __ASSEMBLER__ */

#endif
