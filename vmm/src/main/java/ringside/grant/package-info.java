/** Grant tables: memory shared between domains by reference. */
package ringside.grant;
