/** Looking into a system, running or traced. */
package ringside.cli.inspect;
