/*
 * The session of the volume (ext_session), kept where the next life of this domain finds it and the
 * next start of the machine does not: what has no power between them keeps nothing either.
 */
#ifndef SESSION_H
#define SESSION_H

#include <ringside-rt/compiler.h>

/** That of this domain's last life; 0: there was none. */
uint64_t session_last(void);

/** Before anybody is served. */
void session_keep(uint64_t session);

#endif
