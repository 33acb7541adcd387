package ringside.cpu.lockstep;

import ringside.cpu.Cpu;
import ringside.cpu.Engine;
import ringside.cpu.InitialState;
import ringside.cpu.Platform;
import ringside.cpu.jvm.JvmEngine;
import ringside.memory.GuestSpace;

/**
 * Our own engine and another one side by side: a run ends with an engine failure at the first
 * difference, which the failure describes. Many times slower than either, and on one pCPU.
 *
 * <p>What libunicorn is known to do in another way is no difference, and said; where it cannot
 * follow then, our own engine goes on alone.
 *
 * <p>Does not compare the registers of x87 and MMX before they are stored to memory, nor memory
 * that only the follower writes before the leader comes to read it.
 */
public final class LockstepEngine implements Engine {
  private final JvmEngine leader = new JvmEngine();
  private final Engine follower;

  /**
   * @param follower counts bytes of code as ticks and stops at transfers of control; closed with
   *     this engine
   */
  public LockstepEngine(Engine follower) {
    this.follower = follower;
  }

  @Override
  public String name() {
    return "lockstep";
  }

  @Override
  public String version() {
    return leader.version() + ", beside " + follower.version();
  }

  @Override
  public int maximumPcpus() {
    return 1;
  }

  @Override
  public long ticksPerMicrosecond() {
    return leader.ticksPerMicrosecond();
  }

  @Override
  public Cpu newCpu(GuestSpace space, Platform platform, InitialState state) {
    return new LockstepCpu(
        space,
        platform,
        board -> leader.newCpu(space, board, state),
        board -> follower.newCpu(space, board, state));
  }

  @Override
  public byte[] hypercallStub(int number) {
    return leader.hypercallStub(number);
  }

  @Override
  public void close() {
    leader.close();
    follower.close();
  }
}
