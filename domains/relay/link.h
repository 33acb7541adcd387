/*
 * A one-line mailbox between two domains: a granted page and an event channel.
 *
 * Invariant: the sender writes text only while full is 0, the receiver reads it only while full is
 * 1, and each turns the flag over when it is done. The offering side may be sender or receiver.
 */
#pragma once

#include <ringside-rt/event.h>

#define LINK_TEXT_MAX 128

struct link_page {
    uint32_t full;
    char text[LINK_TEXT_MAX];
};

struct link {
    struct link_page *page;
    evtchn_port_t port;
};

/** Grants a page and a port to the peer, and announces them in xenstore as data/NAME. */
void link_offer(struct link *link, const char *name, domid_t peer);

/** Waits for the peer's announcement of data/NAME, maps the page and binds the port. */
void link_find(struct link *link, const char *name, domid_t peer);

/** Waits until the mailbox is empty and puts a line in; what is too long is cut off. */
void link_send(struct link *link, const char *text);

/** Waits for a line and takes it out. */
void link_receive(struct link *link, char text[LINK_TEXT_MAX]);
