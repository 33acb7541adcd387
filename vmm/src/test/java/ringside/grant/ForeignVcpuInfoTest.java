package ringside.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.GrantTableAbi.GNTST_okay;
import static ringside.abi.gen.GrantTableAbi.GTF_permit_access;
import static ringside.abi.gen.VcpuAbi.VCPUOP_register_vcpu_info;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_vcpu_op;

import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.VcpuRegisterVcpuInfo;
import ringside.domain.FakeEngine;
import ringside.domain.Guest;
import ringside.domain.Machine;
import ringside.domain.Machines;

/** The hypervisor writes vcpu_info for ever, so it may not lie in a page that is only lent. */
class ForeignVcpuInfoTest {
  private static final long GFN = 0x300;

  @Test
  void aGrantedPageCannotHoldVcpuInfo() {
    try (Machine machine = Machines.machine(new FakeEngine())) {
      GrantGuest lender = new GrantGuest(machine, "lender");
      GrantGuest hostile = new GrantGuest(machine, "hostile");
      lender.entry(1, GTF_permit_access, hostile.id(), GFN);
      int handle = hostile.map(lender, 1, GFN);
      VcpuRegisterVcpuInfo info = VcpuRegisterVcpuInfo.zero(Width.W64);
      info.mfn(GFN);
      hostile.write(Guest.ARGUMENT, info.bytes());
      long result =
          hostile.call(__HYPERVISOR_vcpu_op, VCPUOP_register_vcpu_info, 0, Guest.ARGUMENT);
      assertEquals(-EINVAL, result);
      assertEquals(GNTST_okay, hostile.unmap(handle, GFN));
    }
  }
}
