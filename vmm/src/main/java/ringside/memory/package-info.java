/**
 * Machine memory, the p2m, a domain's guest-physical space: the one checked door for guest
 * pointers; and copies that threads share.
 */
package ringside.memory;
