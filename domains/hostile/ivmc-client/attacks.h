/*
 * One round of each attack. Each begins with a channel of its own, unless it is about having none.
 */
#pragma once

#include "raw.h"

#include <ringside-rt/random.h>

/** Random words all over channel page, rings and slots, while requests are under way. */
void attack_memory(struct raw *raw, struct random *random);

/** Ring entries with indices, cycles and flags that no enqueue leaves behind. */
void attack_indices(struct raw *raw, struct random *random);

/** The same slot sent twice, and taken back into use before its answer. */
void attack_duplicates(struct raw *raw, struct random *random);

/** Requests with wild operations, flags, blocks, lengths, offsets, sequence numbers, epochs. */
void attack_requests(struct raw *raw, struct random *random);

/** Grants taken back, by the book and by force, while the server uses them. */
void attack_revoke(struct raw *raw, struct random *random);

/** Notifications without end and without reason. */
void attack_storm(struct raw *raw, struct random *random);

/** Registers again and again, with and without channels behind it. */
void attack_register(struct raw *raw, struct random *random);

/** Channel pages that say nonsense, and change after they were registered. */
void attack_page(struct raw *raw, struct random *random);

/** Sends all it has and takes no answers, its sleep words lying about who looks. */
void attack_unread(struct raw *raw, struct random *random);

/** Requests that the server is not told of. */
void attack_unannounced(struct raw *raw, struct random *random);

/** As many requests as there are slots, each as long as the data area, and takes no answers. */
void attack_greedy(struct raw *raw, struct random *random);

/** Request rings in which each index costs its receiver many laps. */
void attack_dear(struct raw *raw, struct random *random);

/** Response rings in which each answer costs its sender many laps. */
void attack_answers(struct raw *raw, struct random *random);

/** Pages of a channel leave this domain while the server has requests for them under way. */
void attack_vanish(struct raw *raw, struct random *random);

/** Another vCPU changes requests, rings and sleep words all the time. */
void attack_race(struct raw *raw, struct random *random);

/**
 * As a server itself: attaches memory of an accomplice, of strangers, and none, and uses it while
 * it goes. Options: honest=DOMID of a domain that is none of its clients.
 */
void attack_regions(struct raw *raw, struct random *random);

/** variant=accomplice: grants pages to server=DOMID, is a client of the attacker, dies after
 * lives=N us. */
void accomplice(void);

/** Shares its data area with the domain that does the DMA, soundly and not, and takes it away. */
void attack_file_share(struct raw *raw, struct random *random);

/** Dies with requests under way. */
void attack_die(struct raw *raw, struct random *random);

/* Of a file system server, attacks_files.c. */

/** Requests of all operations with fields that are wild, and paths that do not end. */
void attack_file_requests(struct raw *raw, struct random *random);

/** Descriptors that are not ours, and inodes by number. */
void attack_file_descriptors(struct raw *raw, struct random *random);

/** Waits for its own locks with all it has. */
void attack_file_locks(struct raw *raw, struct random *random);

/** Opens all it can, and leaves without closing. */
void attack_file_many(struct raw *raw, struct random *random);

/** When the server was restarted: says that it had all inodes open, and never that this is all. */
void attack_file_resume(struct raw *raw, struct random *random);

/** Deep directories, long paths, links in circles. */
void attack_file_deep(struct raw *raw, struct random *random);

/** Slow requests in all slots, and leaves before they are answered. */
void attack_file_flood(struct raw *raw, struct random *random);

/** The same, and dies. */
void attack_file_die(struct raw *raw, struct random *random);

/** Another vCPU changes what requests point to all the time. */
void attack_file_race(struct raw *raw, struct random *random);
