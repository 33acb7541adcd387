/** Power cuts of a file system, tried at every change of its disk, and what must be true after. */
package ringside.cli.power;
