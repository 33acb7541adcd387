package ringside.cli.bench;

import com.google.common.collect.ImmutableList;

/** All benchmarks, in the order in which they run. */
public final class Benchmarks {
  private static final String EVENT =
      """
      [[domain]]
      name = "answer"
      kernel = "bench-event.elf"
      memory = 8
      cmdline = "role=answer wait=WAIT peer={domid:ask} rounds=ROUNDS samples=SAMPLES"
      [[domain]]
      name = "ask"
      kernel = "bench-event.elf"
      memory = 8
      cmdline = "role=ask wait=WAIT peer={domid:answer} rounds=ROUNDS samples=SAMPLES"
      """;

  private static final String GRANT =
      """
      [[domain]]
      name = "owner"
      kernel = "bench-grant.elf"
      memory = 80
      cmdline = "role=owner peer={domid:mapper} pages=PAGES"
      [[domain]]
      name = "mapper"
      kernel = "bench-grant.elf"
      memory = 8
      cmdline = "role=mapper peer={domid:owner} pages=PAGES rounds=ROUNDS samples=SAMPLES"
      """;

  private static final String HYPERCALL =
      """
      [[domain]]
      name = "caller"
      kernel = "bench-hypercall.elf"
      memory = 8
      cmdline = "rounds=ROUNDS samples=SAMPLES"
      """;

  static final GuestLoop NULL_HYPERCALL =
      new GuestLoop("null hypercall", HYPERCALL, 200_000, "xen_version(XENVER_version) in a loop");

  /** What the hypervisor alone takes: send, sleep, switch, wake. */
  static final GuestLoop POLLED_EVENT_ROUND_TRIP =
      new GuestLoop(
          "event round trip, polled",
          EVENT.replace("WAIT", "poll"),
          20_000,
          "evtchn send to another domain and one back, awaited in SCHEDOP_poll");

  /** With what a guest does about it: interrupt, handler, wake-up of a thread. */
  static final GuestLoop EVENT_ROUND_TRIP =
      new GuestLoop(
          "event round trip, thread",
          EVENT.replace("WAIT", "upcall"),
          20_000,
          "evtchn send to another domain and one back, awaited by a thread");

  public static final ImmutableList<Benchmark> ALL =
      ImmutableList.of(
          NULL_HYPERCALL,
          POLLED_EVENT_ROUND_TRIP,
          EVENT_ROUND_TRIP,
          new GuestLoop(
              "grant map + unmap",
              GRANT.replace("PAGES", "1"),
              20_000,
              "one page of another domain"),
          new GuestLoop(
              "grant map + unmap, 64 MiB",
              GRANT.replace("PAGES", "16384"),
              4,
              "16,384 pages of another domain, in lists of 1,024"),
          new RingSpeed("rings", RingSpeed.ONE_DOMAIN),
          new RingSpeed("rings of two domains", RingSpeed.TWO_DOMAINS),
          new BootTime(),
          new IdleMemory(),
          new CpuSpeed(),
          new StorageThroughput(),
          new FilesThroughput(),
          new FileWorkloads(),
          StorageOutage.nvme(),
          StorageOutage.memory());

  private Benchmarks() {}
}
