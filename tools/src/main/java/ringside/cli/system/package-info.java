/** System descriptions: the TOML format, its keys, its errors, and finding them by name. */
package ringside.cli.system;
