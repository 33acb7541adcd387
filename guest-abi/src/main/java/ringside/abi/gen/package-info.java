/** Constants and structures, generated from the table. Do not edit. */
package ringside.abi.gen;
