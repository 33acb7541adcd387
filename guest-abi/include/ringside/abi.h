/* The whole guest ABI. Generated from the table; do not edit. */
#ifndef RINGSIDE_ABI_H
#define RINGSIDE_ABI_H

#include "errno.h"
#include "xen.h"
#include "shared_info.h"
#include "version.h"
#include "event_channel.h"
#include "sched.h"
#include "memory.h"
#include "hvm.h"
#include "start_info.h"
#include "console.h"
#include "vcpu.h"
#include "grant_table.h"
#include "physdev.h"
#include "xs_wire.h"
#include "elfnote.h"
#include "cpuid.h"
#include "ivmc.h"
#include "ivmc_channel.h"
#include "ivmc_file.h"

#endif
