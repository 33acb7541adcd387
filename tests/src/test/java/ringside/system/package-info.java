/** Whole systems, booted by the command that users give. */
package ringside.system;
