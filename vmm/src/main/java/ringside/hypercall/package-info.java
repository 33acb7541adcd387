/** One class per hypercall, one table. */
package ringside.hypercall;
