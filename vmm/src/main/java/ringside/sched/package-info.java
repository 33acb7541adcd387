/** Which vCPU runs next. */
package ringside.sched;
