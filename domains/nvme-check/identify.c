/* Identify (NVMe 1.4, 5.15): fields that must hold whatever the controller. */
#include "check.h"
#include <ringside-rt/string.h>

#define CTRL_SN 4
#define CTRL_SN_BYTES 20
#define CTRL_MDTS 77
#define CTRL_VER 80
#define CTRL_CNTRLTYPE 111
#define CTRL_SQES 512
#define CTRL_CQES 513
#define CTRL_NN 516
#define CTRL_ONCS 520
#define NS_NCAP 8
#define NS_NUSE 16
#define NS_NLBAF 25
#define NS_FLBAS 26
#define UNKNOWN_CNS 0xfe

static uint32_t word(unsigned offset)
{
    return *(uint32_t *)(data_in + offset);
}

static uint64_t quad(unsigned offset)
{
    return *(uint64_t *)(data_in + offset);
}

static bool is_ascii(const uint8_t *text, unsigned length)
{
    for (unsigned i = 0; i < length; i++)
        if (text[i] < ' ' || text[i] > '~')
            return false;
    return true;
}

static void check_controller(void)
{
    check_status(identify(NVME_CNS_CONTROLLER, 0, data_in), NVME_SUCCESS, "controller");
    check(is_ascii(data_in + CTRL_SN, CTRL_SN_BYTES), "the serial number is padded ASCII");
    check(word(CTRL_VER) == nvme_read32(&controller, NVME_VS), "VER is what VS says");
    check((data_in[CTRL_SQES] & 0xf) == 6 && data_in[CTRL_SQES] >> 4 >= 6,
          "submission queue entries have 64 bytes");
    check((data_in[CTRL_CQES] & 0xf) == 4 && data_in[CTRL_CQES] >> 4 >= 4,
          "completion queue entries have 16 bytes");
    check(word(CTRL_NN) >= 1, "there can be a namespace");
    check(data_in[CTRL_CNTRLTYPE] == 1, "it is an I/O controller");
    check(data_in[CTRL_ONCS] & 4 && data_in[CTRL_ONCS] & 8,
          "it has dataset management and write zeroes");
}

static void check_namespace(void)
{
    check_status(identify(NVME_CNS_NAMESPACE, 1, data_in), NVME_SUCCESS, "namespace 1");
    check(quad(NS_NCAP) <= quad(0) && quad(NS_NUSE) <= quad(NS_NCAP),
          "its capacity is no more than its size, its use no more than its capacity");
    check((data_in[NS_FLBAS] & 0xf) <= data_in[NS_NLBAF], "its format is one of those listed");
    check(space.block_bytes >= 512, "its blocks have 512 bytes or more");
}

/* The descriptors of CNS 03h: type, length, value; a type of 0 ends them. */
static bool descriptors_hold(void)
{
    static const uint8_t lengths[] = {0, 8, 16, 16, 1};
    for (unsigned at = 0; at + 4 < PAGE_SIZE && data_in[at]; at += 4u + data_in[at + 1]) {
        uint8_t type = data_in[at];
        if (type >= sizeof(lengths) || data_in[at + 1] != lengths[type])
            return false;
    }
    return true;
}

static void check_lists(void)
{
    check_status(identify(NVME_CNS_ACTIVE_LIST, 0, data_in), NVME_SUCCESS, "active namespaces");
    check(word(0) == 1 && word(4) == 0, "namespace 1 alone is active");
    identify(NVME_CNS_ACTIVE_LIST, 1, data_in);
    check(word(0) == 0, "none is active past 1");
    check_status(identify(NVME_CNS_ACTIVE_LIST, 0xffffffff, data_in), NVME_INVALID_NAMESPACE,
                 "the list past the last possible one is refused");
    memset(data_in, 0, PAGE_SIZE);
    check_status(identify(NVME_CNS_DESCRIPTORS, 1, data_in), NVME_SUCCESS, "descriptors");
    check(descriptors_hold(), "each is as long as its type wants");
}

void check_identify(void)
{
    check_group("identify");
    check_controller();
    check_namespace();
    check_lists();
    check_status(identify(NVME_CNS_NAMESPACE, 0xfffffffe, data_in), NVME_INVALID_NAMESPACE,
                 "a namespace that cannot be is refused");
    check_status(identify(NVME_CNS_NAMESPACE, 0, data_in), NVME_INVALID_NAMESPACE,
                 "namespace 0 is refused");
    check_status(identify(UNKNOWN_CNS, 0, data_in), NVME_INVALID_FIELD, "an unknown CNS is too");
}
