package ringside.cpu.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cpu.Cpu;
import ringside.cpu.Engine;
import ringside.cpu.Exit;
import ringside.cpu.InitialState;
import ringside.memory.Gpa;
import ringside.memory.GuestSpace;
import ringside.memory.MachineMemory;

/** A thread asks the processor that another one runs to come out of code that never ends. */
@Timeout(60)
class CallsTest {
  private static final long CODE = 0x1000;
  private static final int CALLS = 100;

  /** MOV EAX, [3000]; INC EAX; nothing: each with a JMP back to it. */
  @ParameterizedTest
  @ValueSource(strings = {"a100300000ebf9", "40ebfd", "ebfe"})
  void eachRequestEndsARun(String loop) throws Exception {
    try (MachineMemory machine = new MachineMemory(1 << 20);
        GuestSpace space = new GuestSpace(machine);
        Engine engine = new JvmEngine()) {
      space.populate(0, 16);
      space.write(new Gpa(CODE), HexFormat.of().parseHex(loop));
      Cpu cpu = engine.newCpu(space, new TinyBoard(), InitialState.pvh(CODE, 0));
      SynchronousQueue<Exit> exits = new SynchronousQueue<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < CALLS; i++) {
                    exits.put(cpu.run(Long.MAX_VALUE >> 1));
                  }
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      for (int i = 0; i < CALLS; i++) {
        while (cpu.ticks() < 1_000_000L * i && i > CALLS / 2) {
          Thread.onSpinWait(); // the later half comes while translated code runs
        }
        cpu.requestExit();
        assertEquals(Exit.REQUESTED, exits.take());
      }
      thread.join();
      assertTrue(cpu.ticks() > 0);
      cpu.close();
    }
  }
}
