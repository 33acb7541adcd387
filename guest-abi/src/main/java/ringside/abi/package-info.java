/** The contract between Ringside and its guests, and nothing else. */
package ringside.abi;
