/* Get and Set Features (NVMe 1.4, 5.14, 5.21), Get Log Page (5.14). */
#include "check.h"
#include <ringside-rt/string.h>

#define SELECT_DEFAULT (1u << 8)
#define SELECT_CAPABILITIES (3u << 8)
#define CHANGEABLE 4u
#define SAVE (1u << 31)
#define UNKNOWN_FEATURE 0x7f
#define THRESHOLD 0x15e /* 350 K */
#define HEALTH_BYTES 512u
#define HEALTH_READS 64 /* host read commands, 128 bits */
#define FAR_OFFSET 0x10000u

static uint16_t get(unsigned feature, uint32_t *value)
{
    return admin_run((struct nvme_sqe){.opcode = NVME_ADMIN_GET_FEATURES, .cdw10 = feature}, value);
}

static uint16_t set(unsigned feature, uint32_t value)
{
    return admin_run(
        (struct nvme_sqe){
            .opcode = NVME_ADMIN_SET_FEATURES, .cdw10 = feature, .cdw11 = value},
        NULL);
}

static bool keeps(unsigned feature, uint32_t value)
{
    uint32_t got = ~value;
    return !NVME_STATUS_CODE(set(feature, value)) && !NVME_STATUS_CODE(get(feature, &got)) &&
           got == value;
}

void check_features(void)
{
    uint32_t value = 0, standard = 0;
    check_group("features");
    check(!NVME_STATUS_CODE(get(NVME_FEATURE_TEMPERATURE | SELECT_DEFAULT, &standard)) && standard,
          "the temperature threshold has a default");
    check(keeps(NVME_FEATURE_TEMPERATURE, THRESHOLD), "another is kept");
    check(!NVME_STATUS_CODE(get(NVME_FEATURE_TEMPERATURE | SELECT_DEFAULT, &value)) &&
              value == standard,
          "its default stays");
    check(keeps(NVME_FEATURE_TEMPERATURE, standard), "the default is set again");
    check(keeps(NVME_FEATURE_WRITE_CACHE, 0), "the write cache can be switched off");
    check(keeps(NVME_FEATURE_WRITE_CACHE, 1), "and on");
    check(keeps(NVME_FEATURE_ASYNC_EVENT, 1), "asynchronous events can be chosen");
    check(keeps(NVME_FEATURE_ASYNC_EVENT, 0), "and others");
    check(!NVME_STATUS_CODE(get(NVME_FEATURE_WRITE_CACHE | SELECT_CAPABILITIES, &value)) &&
              value & CHANGEABLE,
          "capabilities say that the write cache is changeable");
    check_status(get(UNKNOWN_FEATURE, NULL), NVME_INVALID_FIELD, "an unknown one cannot be read");
    check_status(set(UNKNOWN_FEATURE, 0), NVME_INVALID_FIELD, "nor set");
    check_status(set(NVME_FEATURE_TEMPERATURE | SAVE, standard), NVME_FEATURE_NOT_SAVEABLE,
                 "nothing can be saved that is not saveable");
    check_status(set(NVME_FEATURE_QUEUES, 0xffff), NVME_INVALID_FIELD,
                 "65536 submission queues cannot be asked for");
    check_status(set(NVME_FEATURE_QUEUES, 0xffff0000), NVME_INVALID_FIELD,
                 "nor as many completion queues");
    check_status(set(NVME_FEATURE_QUEUES, 3u << 16 | 3), NVME_SUCCESS, "four of each can");
    check(!NVME_STATUS_CODE(get(NVME_FEATURE_QUEUES, &value)) && (value & 0xffff) >= 3 &&
              value >> 16 >= 3,
          "at least four of each are granted");
}

static uint16_t log_page(unsigned id, uint32_t bytes, uint64_t offset)
{
    return admin_run((struct nvme_sqe){.opcode = NVME_ADMIN_GET_LOG_PAGE,
                                       .nsid = NVME_NSID_ALL,
                                       .prp1 = (uintptr_t)data_in,
                                       .cdw10 = (bytes / 4 - 1) << 16 | id,
                                       .cdw12 = (uint32_t)offset,
                                       .cdw13 = (uint32_t)(offset >> 32)},
                     NULL);
}

static uint64_t reads_counted(void)
{
    log_page(NVME_LOG_HEALTH, HEALTH_BYTES, 0);
    return *(uint64_t *)(data_in + HEALTH_READS);
}

static void check_counting(void)
{
    struct nvme_pair pair;
    uint64_t before = reads_counted();
    pair_open(&pair, 1, 4);
    for (unsigned i = 0; i < 3; i++)
        run(&pair, transfer(NVME_READ, 0, data_out, space.block_bytes), NULL);
    pair_close(&pair);
    check(reads_counted() == before + 3, "it counts reads");
}

void check_logs(void)
{
    check_group("log pages");
    check_status(log_page(NVME_LOG_ERROR, 64, 0), NVME_SUCCESS, "errors");
    check_status(log_page(NVME_LOG_HEALTH, HEALTH_BYTES, 0), NVME_SUCCESS, "health");
    uint16_t kelvin = (uint16_t)(data_in[1] | data_in[2] << 8);
    check(data_in[0] == 0 && kelvin > 273 && kelvin < 373, "nothing is critical, nor hot");
    uint8_t spare = data_in[3];
    memset(data_in, 0xaa, PAGE_SIZE);
    check(!NVME_STATUS_CODE(log_page(NVME_LOG_HEALTH, 4, 0)) && data_in[3] == spare &&
              data_in[4] == 0xaa,
          "no more is stored than was asked for");
    check_counting();
    check_status(log_page(NVME_LOG_FIRMWARE, HEALTH_BYTES, 0), NVME_SUCCESS, "firmware");
    check((data_in[0] & 7) >= 1, "a firmware slot is active");
    check_status(log_page(NVME_LOG_EFFECTS, PAGE_SIZE, 0), NVME_SUCCESS, "effects of commands");
    check(*(uint32_t *)(data_in + 4 * NVME_ADMIN_IDENTIFY) & 1, "identify is among them");
    check_status(log_page(NVME_LOG_HEALTH, 4, FAR_OFFSET), NVME_INVALID_FIELD,
                 "an offset past the end is refused");
}
