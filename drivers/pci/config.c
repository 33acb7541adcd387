/* Configuration space: registers, classes, BARs, capabilities. */
#include <ringside-rt/cpu.h>
#include <ringside-rt/pci.h>

#define CONFIG_ADDRESS 0xcf8
#define CONFIG_DATA 0xcfc
#define CONFIG_ENABLE 0x80000000u
#define NO_DEVICE 0xffff
#define DEVICES 32
#define FUNCTIONS 8
#define MULTI_FUNCTION 0x80
#define BARS 6
#define BAR_IO 1u
#define BAR_TYPE_MASK 6u
#define BAR_WIDE 4u
#define BAR_FLAGS 0xfu
#define CAPABILITIES_MAX 48 /* as many as fit; a chain that is longer is a circle */

static void select(struct pci_function f, unsigned offset)
{
    outl(CONFIG_ADDRESS, CONFIG_ENABLE | (uint32_t)f.device << 11 | (uint32_t)f.function << 8 |
                             (offset & 0xfc));
}

uint32_t pci_read(struct pci_function f, unsigned offset)
{
    select(f, offset);
    return inl(CONFIG_DATA);
}

void pci_write(struct pci_function f, unsigned offset, uint32_t value)
{
    select(f, offset);
    outl(CONFIG_DATA, value);
}

uint16_t pci_read16(struct pci_function f, unsigned offset)
{
    select(f, offset);
    return inw((uint16_t)(CONFIG_DATA + (offset & 2)));
}

void pci_write16(struct pci_function f, unsigned offset, uint16_t value)
{
    select(f, offset);
    outw((uint16_t)(CONFIG_DATA + (offset & 2)), value);
}

bool pci_find_class(uint32_t class, unsigned index, struct pci_function *f)
{
    for (unsigned i = 0; i < DEVICES * FUNCTIONS; i++) {
        *f = (struct pci_function){(uint8_t)(i / FUNCTIONS), (uint8_t)(i % FUNCTIONS)};
        if (pci_read16(*f, PCI_VENDOR) == NO_DEVICE) {
            if (f->function == 0)
                i += FUNCTIONS - 1; /* without function 0 there is no other */
            continue;
        }
        if (pci_read(*f, PCI_CLASS_REVISION) >> 8 == class && index-- == 0)
            return true;
        if (f->function == 0 && !(pci_read16(*f, PCI_HEADER_TYPE) & MULTI_FUNCTION))
            i += FUNCTIONS - 1;
    }
    return false;
}

/* What a BAR register says after all ones were written to it; it is as before afterwards. */
static uint32_t measure(struct pci_function f, unsigned offset)
{
    uint32_t before = pci_read(f, offset);
    pci_write(f, offset, 0xffffffff);
    uint32_t mask = pci_read(f, offset);
    pci_write(f, offset, before);
    return mask;
}

struct pci_bar pci_bar(struct pci_function f, unsigned index)
{
    unsigned offset = PCI_BAR + 4 * index;
    uint32_t low = pci_read(f, offset);
    struct pci_bar bar = {.wide = (low & BAR_TYPE_MASK) == BAR_WIDE && index + 1 < BARS};
    if (index >= BARS || low & BAR_IO)
        return (struct pci_bar){0};
    uint16_t command = pci_read16(f, PCI_COMMAND);
    pci_write16(f, PCI_COMMAND, (uint16_t)(command & ~PCI_COMMAND_MEMORY));
    uint64_t mask = 0xffffffff00000000 | (measure(f, offset) & ~BAR_FLAGS);
    bar.address = low & ~BAR_FLAGS;
    if (bar.wide) {
        bar.address |= (uint64_t)pci_read(f, offset + 4) << 32;
        mask = (uint64_t)measure(f, offset + 4) << 32 | (uint32_t)mask;
    }
    pci_write16(f, PCI_COMMAND, command);
    bar.bytes = (uint32_t)mask ? -mask : 0;
    return bar;
}

unsigned pci_capability(struct pci_function f, uint8_t id)
{
    if (!(pci_read16(f, PCI_STATUS) & PCI_STATUS_CAPABILITIES))
        return 0;
    unsigned at = pci_read16(f, PCI_CAPABILITIES) & 0xfc;
    for (unsigned i = 0; at && i < CAPABILITIES_MAX; i++) {
        uint16_t header = pci_read16(f, at);
        if ((uint8_t)header == id)
            return at;
        at = header >> 8 & 0xfc;
    }
    return 0;
}

void pci_enable(struct pci_function f)
{
    uint16_t command = pci_read16(f, PCI_COMMAND);
    pci_write16(f, PCI_COMMAND, (uint16_t)(command | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER |
                                           PCI_COMMAND_INTX_OFF));
}
