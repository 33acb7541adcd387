/* A controller's registers: finding it, switching it on and off. */
#include <ringside-rt/clock.h>
#include <ringside-rt/cpu.h>
#include <ringside-rt/nvme_controller.h>
#include <ringside-rt/paging.h>
#include <ringside/errno.h>

#define TIMEOUT_UNIT_NS (500 * NS_PER_MS)
/* What a shutdown may take: the specification leaves it to RTD3E, which may be 0. */
#define SHUTDOWN_NS (10 * NS_PER_S)
#define GONE 0xffffffffu

uint32_t nvme_read32(const struct nvme_controller *c, unsigned offset)
{
    return *(volatile uint32_t *)(c->registers + offset);
}

uint64_t nvme_read64(const struct nvme_controller *c, unsigned offset)
{
    uint32_t low = nvme_read32(c, offset);
    return (uint64_t)nvme_read32(c, offset + 4) << 32 | low;
}

void nvme_write32(const struct nvme_controller *c, unsigned offset, uint32_t value)
{
    write_barrier();
    *(volatile uint32_t *)(c->registers + offset) = value;
}

void nvme_write64(const struct nvme_controller *c, unsigned offset, uint64_t value)
{
    nvme_write32(c, offset, (uint32_t)value);
    nvme_write32(c, offset + 4, (uint32_t)(value >> 32));
}

int nvme_controller_find(unsigned index, struct nvme_controller *c)
{
    *c = (struct nvme_controller){0};
    if (!pci_find_class(PCI_CLASS_NVME, index, &c->pci))
        return -XEN_ENODEV;
    c->bar = pci_bar(c->pci, 0);
    if (!c->bar.address || c->bar.bytes < 2 * PAGE_SIZE)
        return -XEN_EIO;
    pci_enable(c->pci);
    paging_map(c->bar.address, c->bar.address, c->bar.bytes >> PAGE_SHIFT,
               PAGING_WRITE | PAGING_UNCACHED);
    c->registers = c->bar.address;
    c->has_msix = pci_msix_open(c->pci, &c->msix);
    c->cap = nvme_read64(c, NVME_CAP);
    c->stride = 4u << NVME_CAP_DSTRD(c->cap);
    c->timeout_ns = (NVME_CAP_TO(c->cap) + 1) * TIMEOUT_UNIT_NS;
    return nvme_read32(c, NVME_CSTS) == GONE ? -XEN_EIO : 0;
}

int nvme_controller_wait(const struct nvme_controller *c, bool ready)
{
    uint64_t deadline = clock_ns() + c->timeout_ns;
    for (;;) {
        uint32_t csts = nvme_read32(c, NVME_CSTS);
        if (csts == GONE || (ready && csts & NVME_CSTS_CFS))
            return -XEN_EIO;
        if ((csts & NVME_CSTS_RDY) == ready)
            return 0;
        if (clock_ns() > deadline)
            return -XEN_ETIMEDOUT;
        cpu_relax();
    }
}

int nvme_controller_disable(const struct nvme_controller *c)
{
    uint32_t cc = nvme_read32(c, NVME_CC);
    nvme_write32(c, NVME_CC, cc & ~(NVME_CC_EN | NVME_CC_SHN_MASK));
    return nvme_controller_wait(c, false);
}

int nvme_controller_shutdown(const struct nvme_controller *c)
{
    uint64_t deadline = clock_ns() + SHUTDOWN_NS;
    uint32_t cc = nvme_read32(c, NVME_CC) & ~NVME_CC_SHN_MASK;
    nvme_write32(c, NVME_CC, cc | NVME_CC_SHN_NORMAL);
    while ((nvme_read32(c, NVME_CSTS) & NVME_CSTS_SHST_MASK) != NVME_CSTS_SHST_COMPLETE) {
        if (clock_ns() > deadline)
            return -XEN_ETIMEDOUT;
        cpu_relax();
    }
    return 0;
}
