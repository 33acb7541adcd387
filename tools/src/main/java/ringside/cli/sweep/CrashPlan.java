package ringside.cli.sweep;

import ringside.fault.FaultKind;

/**
 * Which points a sweep tries.
 *
 * @param kind what happens there
 * @param points most steps, evenly spread over the run; all when there are not more
 * @param twice runs with a second fault at a step of the recovery from the first: at all steps of
 *     one recovery, then at all of another
 * @param times points of virtual time, evenly spread over the run
 * @param seed chooses the recoveries
 */
public record CrashPlan(FaultKind kind, int points, int twice, int times, long seed) {}
