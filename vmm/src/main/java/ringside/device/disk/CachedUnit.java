package ringside.device.disk;

/**
 * What a power cut keeps or loses as a whole.
 *
 * @param write which write it is a part of; later writes have higher numbers
 * @param offset first byte on the disk
 * @param length in bytes
 */
public record CachedUnit(long write, long offset, long length) {}
