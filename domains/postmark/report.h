/*
 * What PostMark says at its end; times are those of the guest's clock instead of whole seconds.
 */
#ifndef REPORT_H
#define REPORT_H

#include "postmark.h"

void report_print(const struct postmark_options *options, const struct postmark_result *result);

#endif
