package ringside.ivmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.ErrnoAbi.*;
import static ringside.abi.gen.EventChannelAbi.EVTCHNOP_close;
import static ringside.abi.gen.IvmcAbi.*;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_event_channel_op;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_ivmc_op;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.EvtchnClose;
import ringside.abi.gen.IvmcFetch;
import ringside.abi.gen.IvmcRegister;
import ringside.abi.gen.IvmcServes;
import ringside.cpu.Exit;
import ringside.cpu.Register;
import ringside.domain.Domain;
import ringside.domain.DomainAction;
import ringside.domain.DomainConfig;
import ringside.domain.FakeEngine;
import ringside.domain.Guest;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.Outcome;
import ringside.domain.ShutdownReason;
import ringside.domain.Verdict;

/** ivmc_op as guests see it, and what becomes of records when domains come to their end. */
class RegistryTest {
  private static final String STORAGE = "storage";

  private static final Credentials WHO = new Credentials(1000, 100);

  private final FakeEngine engine = new FakeEngine();
  private final Machine machine = Machines.machine(engine);
  private final Guest server = guest("server", DomainAction.RESTART, List.of(STORAGE), List.of());
  private final Guest client = guest("client", DomainAction.RESTART, List.of(), List.of(1));
  private final Guest other = guest("other", DomainAction.PRESERVE, List.of(), List.of(2));

  @AfterEach
  void close() {
    machine.close();
  }

  private Guest guest(String name, DomainAction end, List<String> provides, List<Integer> units) {
    List<Services.Use> uses = new ArrayList<>();
    units.forEach(unit -> uses.add(new Services.Use(STORAGE, unit)));
    return guest(
        name, end, new Services(ImmutableList.copyOf(provides), ImmutableList.copyOf(uses), WHO));
  }

  private Guest guest(String name, DomainAction end, Services services) {
    DomainConfig config = DomainConfig.of(name, Machines.IMAGE);
    return new Guest(
        Machines.domain(
            machine,
            new DomainConfig(
                name,
                config.kernel(),
                "",
                4,
                1,
                256,
                0,
                4,
                63,
                0,
                end,
                end,
                end,
                ImmutableList.of(),
                services)));
  }

  private static IvmcRegister registration(String service, int role, int ref, long epoch) {
    IvmcRegister arg = IvmcRegister.zero(Width.W64);
    arg.service(service);
    arg.role(role);
    arg.channelRef(ref);
    arg.epoch(epoch);
    return arg;
  }

  private static long register(Guest guest, IvmcRegister arg) {
    return guest.call(__HYPERVISOR_ivmc_op, IVMCOP_register, arg);
  }

  private static IvmcRegister registered(Guest guest, int role, int ref, long epoch) {
    IvmcRegister arg = registration(STORAGE, role, ref, epoch);
    assertEquals(0, register(guest, arg));
    return arg;
  }

  private static IvmcFetch query(int role, long slot) {
    IvmcFetch arg = IvmcFetch.zero(Width.W64);
    arg.service(STORAGE);
    arg.role(role);
    arg.slot(slot);
    return arg;
  }

  private static long fetch(Guest guest, IvmcFetch arg) {
    return guest.call(__HYPERVISOR_ivmc_op, IVMCOP_fetch, arg);
  }

  private static IvmcFetch fetched(Guest guest, int role, long slot) {
    IvmcFetch arg = query(role, slot);
    assertEquals(0, fetch(guest, arg));
    return arg;
  }

  /** Whether the port has fired since the last question. */
  private static boolean fired(Guest guest, IvmcRegister registration) {
    int port = (int) registration.port();
    boolean pending = guest.domain().sharedInfo().pending(port);
    guest.domain().sharedInfo().clearPending(port);
    return pending;
  }

  /** The domain stops, and the machine runs until it has done what its policy says. */
  private void end(Guest guest) {
    Domain domain = guest.domain();
    domain.stop(new Outcome(ShutdownReason.CRASH, "test", Optional.empty(), Verdict.NONE));
    engine.program(
        (cpu, budget) -> {
          cpu.spend(budget);
          return Exit.BUDGET_SPENT;
        });
    machine.run(machine.clock().now() + 1);
  }

  @Test
  void bothEndsFindEachOtherWhoeverComesFirst() {
    IvmcRegister mine = registered(client, IVMC_CLIENT, 9, 1);
    assertEquals(0, mine.generation());
    assertEquals(-ENOENT, fetch(client, query(IVMC_SERVER, 0)));
    IvmcRegister its = registered(server, IVMC_SERVER, 0, 0);
    assertTrue(fired(client, mine));
    assertFalse(fired(server, its));
    assertEquals(1, its.generation());
    IvmcRegister second = registered(other, IVMC_CLIENT, 10, 1);
    assertTrue(fired(server, its));
    assertFalse(fired(client, mine));

    IvmcFetch found = fetched(server, IVMC_CLIENT, 0);
    assertEquals(List.of(0L, client.id()), List.of(found.slot(), found.domid()));
    assertEquals(List.of(1, 9L, 1L), List.of(found.unit(), found.channelRef(), found.epoch()));
    assertEquals(List.of(1000L, 100L), List.of(found.uid(), found.gid()));
    IvmcFetch next = fetched(server, IVMC_CLIENT, found.slot() + 1);
    assertEquals(List.of(second.slot(), other.id()), List.of(next.slot(), next.domid()));
    assertEquals(2, next.unit());
    assertEquals(-ENOENT, fetch(server, query(IVMC_CLIENT, next.slot() + 1)));
    assertEquals(-ENOENT, fetch(server, query(IVMC_CLIENT, 0xffff_ffffL)));
    IvmcFetch theServer = fetched(other, IVMC_SERVER, 0);
    assertEquals(List.of(server.id(), 1L), List.of(theServer.domid(), theServer.generation()));
  }

  @Test
  void aClientKeepsSlotAndPortAndMustGoOnInItsEpochs() {
    registered(other, IVMC_CLIENT, 8, 7);
    IvmcRegister its = registered(server, IVMC_SERVER, 0, 0);
    IvmcRegister first = registered(client, IVMC_CLIENT, 9, 3);
    assertTrue(fired(server, its));
    assertEquals(-EINVAL, register(client, registration(STORAGE, IVMC_CLIENT, 10, 3)));
    assertEquals(-EINVAL, register(client, registration(STORAGE, IVMC_CLIENT, 10, 0)));
    assertFalse(fired(server, its));
    IvmcRegister again = registered(client, IVMC_CLIENT, 11, 0xffff_ffffL);
    assertEquals(List.of(first.slot(), first.port()), List.of(again.slot(), again.port()));
    assertEquals(11, fetched(server, IVMC_CLIENT, first.slot()).channelRef());
    assertTrue(fired(server, its));
  }

  @Test
  void aClosedWelcomePortIsReplacedAtTheNextRegistration() {
    IvmcRegister its = registered(server, IVMC_SERVER, 0, 0);
    EvtchnClose close = EvtchnClose.zero(Width.W64);
    close.port(its.port());
    assertEquals(0, server.call(__HYPERVISOR_event_channel_op, EVTCHNOP_close, close));
    int taken = server.domain().events().allocUnbound(client.id());
    assertEquals(its.port(), taken);
    registered(client, IVMC_CLIENT, 9, 1);
    assertFalse(fired(server, its)); // whoever has the number now hears nothing
    IvmcRegister again = registered(server, IVMC_SERVER, 0, 0);
    assertNotEquals(its.port(), again.port());
    registered(client, IVMC_CLIENT, 9, 2);
    assertTrue(fired(server, again));
  }

  @Test
  void clientsHearThatTheServerDiedAndThatItIsBack() {
    registered(server, IVMC_SERVER, 0, 0);
    IvmcRegister mine = registered(client, IVMC_CLIENT, 9, 1);
    IvmcRegister others = registered(other, IVMC_CLIENT, 9, 1);
    end(server);
    assertTrue(fired(client, mine) && fired(other, others));
    assertEquals(-ENOENT, fetch(client, query(IVMC_SERVER, 0)));
    Guest rebuilt = new Guest(machine.domain(server.id()));
    assertNotEquals(server.domain(), rebuilt.domain());
    registered(client, IVMC_CLIENT, 20, 2);
    assertEquals(2, registered(rebuilt, IVMC_SERVER, 0, 0).generation());
    assertTrue(fired(client, mine) && fired(other, others));
    assertEquals(2, fetched(client, IVMC_SERVER, 0).generation());
    // The new server finds only what was registered for it: old channels are void.
    IvmcFetch found = fetched(rebuilt, IVMC_CLIENT, 0);
    assertEquals(List.of(mine.slot(), 20L), List.of(found.slot(), found.channelRef()));
    assertEquals(-ENOENT, fetch(rebuilt, query(IVMC_CLIENT, found.slot() + 1)));
  }

  @Test
  void theServerHearsThatAClientDiedAndSeesThatItsNextLifeIsAnotherRecord() {
    IvmcRegister its = registered(server, IVMC_SERVER, 0, 0);
    registered(client, IVMC_CLIENT, 9, 1);
    long serial = fetched(server, IVMC_CLIENT, 0).serial();
    fired(server, its);
    end(client);
    assertTrue(fired(server, its));
    assertEquals(-ENOENT, fetch(server, query(IVMC_CLIENT, 0)));
    registered(new Guest(machine.domain(client.id())), IVMC_CLIENT, 9, 1);
    assertTrue(fired(server, its));
    assertNotEquals(serial, fetched(server, IVMC_CLIENT, 0).serial());
  }

  @Test
  void aDomainThatIsPreservedIsOutOfTheRegistryAllTheSame() {
    IvmcRegister its = registered(server, IVMC_SERVER, 0, 0);
    registered(other, IVMC_CLIENT, 9, 1);
    fired(server, its);
    end(other);
    assertTrue(fired(server, its));
    assertEquals(-ENOENT, fetch(server, query(IVMC_CLIENT, 0)));
  }

  @Test
  void onlyWhatTheDescriptionGivesIsAllowed() {
    assertEquals(-EPERM, register(client, registration(STORAGE, IVMC_SERVER, 0, 0)));
    assertEquals(-EPERM, register(server, registration(STORAGE, IVMC_CLIENT, 9, 1)));
    assertEquals(-EPERM, register(client, registration("storag", IVMC_CLIENT, 9, 1)));
    Guest stranger = guest("stranger", DomainAction.DESTROY, List.of(), List.of());
    registered(server, IVMC_SERVER, 0, 0);
    assertEquals(-EPERM, fetch(stranger, query(IVMC_SERVER, 0)));
    Guest rival = guest("rival", DomainAction.DESTROY, List.of(STORAGE), List.of());
    assertEquals(-EEXIST, register(rival, registration(STORAGE, IVMC_SERVER, 0, 0)));
  }

  @Test
  void aServerLearnsWhetherAClientOfItsIsTheServerOfAnotherDomain() {
    Guest between =
        guest(
            "between",
            DomainAction.RESTART,
            new Services(
                ImmutableList.of("files"), ImmutableList.of(new Services.Use(STORAGE, 1)), WHO));
    Guest app =
        guest(
            "app",
            DomainAction.DESTROY,
            new Services(ImmutableList.of(), ImmutableList.of(new Services.Use("files", 1)), WHO));
    registered(server, IVMC_SERVER, 0, 0);
    assertEquals(-EPERM, serves(server, between, app));
    registered(between, IVMC_CLIENT, 9, 1);
    assertEquals(-ENOENT, serves(server, between, app));
    IvmcRegister files = registration("files", IVMC_SERVER, 0, 0);
    assertEquals(0, register(between, files));
    assertEquals(-ENOENT, serves(server, between, app));
    assertEquals(0, register(app, registration("files", IVMC_CLIENT, 9, 1)));
    assertEquals(0, serves(server, between, app));
    // Neither the other way about, nor across, nor for those in between themselves.
    assertEquals(-EPERM, serves(server, app, between));
    assertEquals(-ENOENT, serves(server, between, client));
    assertEquals(-EPERM, serves(client, between, app));
    assertEquals(-ENOENT, serves(between, app, app));
    end(app);
    assertEquals(-ENOENT, serves(server, between, app));
  }

  private static long serves(Guest asks, Guest between, Guest app) {
    IvmcServes arg = IvmcServes.zero(Width.W64);
    arg.server(between.id());
    arg.client(app.id());
    return asks.call(__HYPERVISOR_ivmc_op, IVMCOP_serves, arg);
  }

  @Test
  void badArgumentsAreTold() {
    assertEquals(-EINVAL, register(client, registration(STORAGE, 2, 9, 1)));
    assertEquals(-EINVAL, register(client, registration("", IVMC_CLIENT, 9, 1)));
    IvmcRegister endless = registration(STORAGE, IVMC_CLIENT, 9, 1);
    Arrays.fill(endless.bytes(), 0, IVMC_SERVICE_BYTES, (byte) 'x');
    assertEquals(-EINVAL, register(client, endless));
    assertEquals(-EINVAL, fetch(client, query(7, 0)));
    long nowhere = 0xffff_f000L;
    assertEquals(-EFAULT, client.call(__HYPERVISOR_ivmc_op, IVMCOP_register, nowhere));
    assertEquals(-EFAULT, client.call(__HYPERVISOR_ivmc_op, IVMCOP_fetch, nowhere));
    assertEquals(-ENOSYS, client.call(__HYPERVISOR_ivmc_op, 3, Guest.ARGUMENT));
  }

  @Test
  void whoHasNoPortLeftIsNotEntered() {
    registered(server, IVMC_SERVER, 0, 0);
    while (client.domain().events().allocUnbound(0) > 0) {}
    assertEquals(-ENOSPC, register(client, registration(STORAGE, IVMC_CLIENT, 9, 1)));
    assertEquals(-ENOENT, fetch(server, query(IVMC_CLIENT, 0)));
  }

  @Test
  void aServiceHasSoManyClientsAndNoMore() {
    for (int i = 0; i < IVMC_MAX_CLIENTS; i++) {
      Guest one = guest("client" + i, DomainAction.DESTROY, List.of(), List.of(1));
      assertEquals(i, registered(one, IVMC_CLIENT, 9, 1).slot());
    }
    assertEquals(-ENOSPC, register(client, registration(STORAGE, IVMC_CLIENT, 9, 1)));
  }

  @Test
  void aCallerOf32BitsIsServedAlike() {
    IvmcRegister arg = registration(STORAGE, IVMC_CLIENT, 9, 1);
    client.write(Guest.ARGUMENT, arg.bytes());
    FakeEngine.FakeCpu cpu = Machines.cpu(client.domain());
    cpu.longMode(false);
    cpu.set(Register.RBX, IVMCOP_register);
    cpu.set(Register.RCX, Guest.ARGUMENT);
    cpu.platform().hypercall(cpu, __HYPERVISOR_ivmc_op);
    assertEquals(0, cpu.get(Register.RAX));
    assertTrue(client.u32(Guest.ARGUMENT + IvmcRegister.PORT.offset(Width.W32)) > 0);
    assertEquals(9, fetched(server, IVMC_CLIENT, 0).channelRef());
  }
}
