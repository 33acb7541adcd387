/** Tests that read the sources: their format, their tidiness. */
package ringside.style;
