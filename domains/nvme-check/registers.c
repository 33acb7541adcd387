/* PCI configuration, and the controller's registers (NVMe 1.4, 3.1). */
#include "check.h"
#include <ringside-rt/memory.h>
#include <ringside-rt/print.h>

#define VERSION 0x10400
#define BAD_MPS 15u

static void check_pci(void)
{
    struct pci_function f = controller.pci;
    struct pci_bar bar = pci_bar(f, 0);
    check_group("PCI");
    check(pci_read(f, PCI_CLASS_REVISION) >> 8 == PCI_CLASS_NVME, "the class is NVM Express");
    check(bar.wide, "BAR 0 has 64 bits");
    check(bar.bytes >= 0x4000 && !(bar.bytes & (bar.bytes - 1)), "it is a power of two, 16 KiB up");
    check(bar.address % bar.bytes == 0, "it lies where its size allows");
    check(bar.address == controller.bar.address, "measuring leaves it where it was");
    check(pci_capability(f, PCI_CAP_MSIX) != 0, "there is an MSI-X capability");
    check(controller.msix.vectors >= 2, "it has a vector for the admin queue and one for I/O");
    uint32_t id = pci_read(f, PCI_VENDOR);
    pci_write(f, PCI_VENDOR, ~id);
    check(pci_read(f, PCI_VENDOR) == id, "vendor and device cannot be written");
    uint16_t command = pci_read16(f, PCI_COMMAND);
    pci_write16(f, PCI_COMMAND, (uint16_t)(command & ~PCI_COMMAND_MEMORY));
    check(nvme_read32(&controller, NVME_VS) != VERSION, "without memory enabled it is not there");
    pci_write16(f, PCI_COMMAND, command);
    check(nvme_read32(&controller, NVME_VS) == VERSION, "with memory enabled it is");
}

static void check_capabilities(void)
{
    uint64_t cap = nvme_read64(&controller, NVME_CAP);
    uint64_t wide = *(volatile uint64_t *)(controller.registers + NVME_CAP);
    check_group("registers");
    check(cap == wide, "CAP is the same in one access and in two");
    check(NVME_CAP_MQES(cap) >= 1, "CAP.MQES: queues of two entries or more");
    check(NVME_CAP_CQR(cap), "CAP.CQR: queues are contiguous");
    check(NVME_CAP_TO(cap) > 0, "CAP.TO: a time is given");
    check(NVME_CAP_DSTRD(cap) == 0, "CAP.DSTRD: doorbells are next to each other");
    check(NVME_CAP_CSS(cap) & 1, "CAP.CSS: the NVM command set");
    check(NVME_CAP_MPSMIN(cap) == 0, "CAP.MPSMIN: pages of 4 KiB");
    check(NVME_CAP_MPSMAX(cap) >= NVME_CAP_MPSMIN(cap), "CAP.MPSMAX is no less");
    nvme_write64(&controller, NVME_CAP, ~cap);
    check(nvme_read64(&controller, NVME_CAP) == cap, "CAP cannot be written");
    check(nvme_read32(&controller, NVME_VS) == VERSION, "VS is 1.4.0");
}

/* Enables with these values of CC and AQA. */
static bool fails_fatally(uint32_t cc, uint32_t aqa)
{
    void *pages = page_alloc(2);
    panic_unless(pages && !nvme_controller_disable(&controller));
    nvme_write32(&controller, NVME_AQA, aqa);
    nvme_write64(&controller, NVME_ASQ, (uintptr_t)pages);
    nvme_write64(&controller, NVME_ACQ, (uintptr_t)pages + PAGE_SIZE);
    nvme_write32(&controller, NVME_CC, cc);
    bool failed = nvme_controller_wait(&controller, true) != 0 &&
                  nvme_read32(&controller, NVME_CSTS) & NVME_CSTS_CFS;
    nvme_write32(&controller, NVME_CC, 0);
    page_free(pages, 2);
    return failed;
}

static void check_enabling(void)
{
    uint32_t off = NVME_CC_USUAL & ~NVME_CC_EN;
    panic_unless(!nvme_controller_disable(&controller));
    check(!(nvme_read32(&controller, NVME_CSTS) & NVME_CSTS_RDY), "CSTS.RDY is 0 while CC.EN is");
    nvme_write32(&controller, NVME_CC, off);
    check(nvme_read32(&controller, NVME_CC) == off, "CC keeps what is written while CC.EN is 0");
    check(!(nvme_read32(&controller, NVME_CSTS) & NVME_CSTS_RDY), "that alone enables nothing");
    nvme_write64(&controller, NVME_ASQ, 0x123456000);
    check(nvme_read64(&controller, NVME_ASQ) == 0x123456000, "ASQ keeps 64 bits");
    nvme_write64(&controller, NVME_ACQ, 0x654321000);
    check(nvme_read64(&controller, NVME_ACQ) == 0x654321000, "ACQ keeps 64 bits");
    nvme_write32(&controller, NVME_AQA, 0x1f003f);
    check(nvme_read32(&controller, NVME_AQA) == 0x1f003f, "AQA keeps two sizes");
    check(fails_fatally(NVME_CC_USUAL, 0), "admin queues of one entry: CSTS.CFS");
    check(fails_fatally(NVME_CC_USUAL | NVME_CC_MPS(BAD_MPS), 0x1f001f),
          "pages larger than CAP.MPSMAX: CSTS.CFS");
    rig_start(32);
    check(nvme_read32(&controller, NVME_CC) == NVME_CC_USUAL, "CC is as it was enabled");
    check(!(nvme_read32(&controller, NVME_CSTS) & NVME_CSTS_CFS), "a reset ends CSTS.CFS");
}

void check_registers(void)
{
    check_pci();
    check_capabilities();
    check_enabling();
}
