/** Probes of guest images: where they are, what they carry, and who watches them. */
package ringside.probe;
