/** Random systems, one after another. */
package ringside.cli.soak;
