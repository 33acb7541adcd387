/** The store: a small tree of names and values that domains share. */
package ringside.xenstore;
