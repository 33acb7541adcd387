/*
 * How results look: rows of a table, or lines of key=value for programs.
 */
#pragma once

#include "load.h"

void table_head(void);
void table_row(const struct load *load, const struct load_result *result);

/** One line that begins with "result"; times in nanoseconds, sizes in bytes. */
void table_line(const struct load *load, const struct load_result *result);

/** Bytes in a time, as tenths of MB/s. */
uint64_t table_rate(uint64_t bytes, uint64_t ns);
