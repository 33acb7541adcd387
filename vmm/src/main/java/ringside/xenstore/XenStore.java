package ringside.xenstore;

/** The tree that all domains of a machine share. */
public final class XenStore {}
