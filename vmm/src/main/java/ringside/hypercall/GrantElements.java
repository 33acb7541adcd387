package ringside.hypercall;

import static ringside.abi.gen.GrantTableAbi.*;
import static ringside.abi.gen.XenAbi.DOMID_SELF;

import ringside.abi.gen.GnttabCopy;
import ringside.abi.gen.GnttabCopyPtr;
import ringside.abi.gen.GnttabMapGrantRef;
import ringside.abi.gen.GnttabSwapGrantRef;
import ringside.abi.gen.GnttabUnmapGrantRef;
import ringside.domain.Domain;
import ringside.grant.GrantCopy;
import ringside.grant.GrantTable;
import ringside.grant.Mapping;
import ringside.memory.Gpa;
import ringside.trace.GrantEvent;

/** The elements of grant_table_op's lists, one at a time: structure in, status out. */
final class GrantElements {
  /** What a guest cannot ask for that maps by gfn, for its processors only. */
  private static final int TRANSLATED_NEVER =
      GNTMAP_device_map | GNTMAP_application_map | GNTMAP_contains_pte;

  private final HypercallArgs args;
  private final Domain domain;

  GrantElements(HypercallArgs args) {
    this.args = args;
    this.domain = args.domain();
  }

  /** Null when there is no such domain. */
  private Domain domain(int domid) {
    return domid == DOMID_SELF ? domain : args.machine().domain(domid);
  }

  void map(byte[] bytes, int at) {
    GnttabMapGrantRef arg = GnttabMapGrantRef.of(bytes, at, args.width());
    int result = map(arg);
    arg.status(Math.min(result, GNTST_okay));
    if (result >= 0) {
      arg.handle(result);
      arg.devBusAddr(arg.hostAddr());
    }
    if (args.machine().tracer().on(GrantEvent.MAP)) {
      Mapping mapping = result >= 0 ? domain.grants().mapping(result) : null;
      domain.emit(
          args.cause(),
          args.vcpu().id(),
          new GrantEvent.Map(
              arg.dom(),
              (int) arg.ref(),
              arg.hostAddr() >>> Gpa.PAGE_SHIFT,
              mapping == null ? -1 : mapping.mfn(),
              (arg.flags() & GNTMAP_readonly) != 0,
              result,
              arg.status()));
    }
  }

  private int map(GnttabMapGrantRef arg) {
    int kinds = GNTMAP_device_map | GNTMAP_host_map;
    if ((arg.flags() & kinds) == 0) {
      return GNTST_bad_gntref;
    }
    if ((arg.flags() & TRANSLATED_NEVER) != 0) {
      return GNTST_general_error;
    }
    Domain granter = args.machine().domain(arg.dom()); // DOMID_SELF is nobody's here, as in Xen
    if (granter == null) {
      return GNTST_bad_domain;
    }
    boolean readonly = (arg.flags() & GNTMAP_readonly) != 0;
    boolean plain = (arg.flags() & ~GNTMAP_readonly) == GNTMAP_host_map;
    long gfn = plain ? arg.hostAddr() >>> Gpa.PAGE_SHIFT : GrantTable.NO_GFN;
    return domain.grants().map(granter.grants(), arg.ref(), gfn, readonly);
  }

  void unmap(byte[] bytes, int at) {
    GnttabUnmapGrantRef arg = GnttabUnmapGrantRef.of(bytes, at, args.width());
    Mapping mapping = domain.grants().mapping(arg.handle());
    arg.status(domain.grants().unmap(arg.handle(), arg.hostAddr(), arg.devBusAddr()));
    if (args.machine().tracer().on(GrantEvent.UNMAP)) {
      domain.emit(
          args.cause(),
          args.vcpu().id(),
          new GrantEvent.Unmap(
              mapping == null ? 0 : mapping.domain(),
              mapping == null ? 0 : mapping.ref(),
              arg.hostAddr() >>> Gpa.PAGE_SHIFT,
              (int) arg.handle(),
              arg.status()));
    }
  }

  void swap(byte[] bytes, int at) {
    GnttabSwapGrantRef arg = GnttabSwapGrantRef.of(bytes, at, args.width());
    arg.status(domain.grants().swap(arg.refA(), arg.refB()));
  }

  void copy(byte[] bytes, int at) {
    GnttabCopy arg = GnttabCopy.of(bytes, at, args.width());
    boolean fromGrant = (arg.flags() & GNTCOPY_source_gref) != 0;
    boolean toGrant = (arg.flags() & GNTCOPY_dest_gref) != 0;
    arg.status(copy(arg, fromGrant, toGrant));
    if (args.machine().tracer().on(GrantEvent.COPY)) {
      domain.emit(
          args.cause(),
          args.vcpu().id(),
          new GrantEvent.Copy(
              arg.source().domid(),
              fromGrant,
              page(arg.source(), fromGrant),
              arg.source().offset(),
              arg.dest().domid(),
              toGrant,
              page(arg.dest(), toGrant),
              arg.dest().offset(),
              arg.len(),
              arg.status()));
    }
  }

  private static long page(GnttabCopyPtr side, boolean granted) {
    return granted ? side.uRef() : side.uGmfn();
  }

  private int copy(GnttabCopy arg, boolean fromGrant, boolean toGrant) {
    if (!fromGrant && arg.source().domid() != DOMID_SELF) {
      return GNTST_permission_denied;
    }
    Domain from = domain(arg.source().domid());
    if (from == null) {
      return GNTST_bad_domain;
    }
    if (!toGrant && arg.dest().domid() != DOMID_SELF) {
      return GNTST_permission_denied;
    }
    Domain to = domain(arg.dest().domid());
    if (to == null) {
      return GNTST_bad_domain;
    }
    return GrantCopy.copy(
        domain,
        new GrantCopy.Side(from, fromGrant, page(arg.source(), fromGrant), arg.source().offset()),
        new GrantCopy.Side(to, toGrant, page(arg.dest(), toGrant), arg.dest().offset()),
        arg.len());
  }
}
