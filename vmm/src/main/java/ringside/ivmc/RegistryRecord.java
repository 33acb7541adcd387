package ringside.ivmc;

/**
 * What somebody registered.
 *
 * @param slot of a client; 0 of a server
 * @param unit of a client, from 1; 0 of a server
 * @param credentials of the domain, as its description says
 * @param channelRef of a client: the grant of its channel page; unsigned
 * @param epoch of a client; unsigned
 * @param serial counts registrations of all services and roles, from 1; no two records have the
 *     same
 */
public record RegistryRecord(
    int domid,
    int slot,
    int unit,
    Credentials credentials,
    int channelRef,
    int epoch,
    int serial) {}
