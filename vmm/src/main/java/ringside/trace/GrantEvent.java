package ringside.trace;

import java.util.List;

/**
 * Grant references mapped, unmapped and copied, as the hypervisor did it. The status is a GNTST_*
 * value.
 */
public sealed interface GrantEvent extends TraceEvent {
  String MAP = "grant.map";
  String UNMAP = "grant.unmap";
  String COPY = "grant.copy";

  /** Every type of this family. */
  List<String> TYPES = List.of(MAP, UNMAP, COPY);

  /**
   * GNTTABOP_map_grant_ref, one element.
   *
   * @param granter domid of the owner of the frame
   * @param gfn where the mapper sees it
   * @param mfn the frame, or -1 when the map failed
   */
  record Map(int granter, int ref, long gfn, long mfn, boolean readonly, int handle, int status)
      implements GrantEvent {
    @Override
    public String type() {
      return MAP;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u16("granter", granter)
          .u32("ref", ref)
          .hex("gfn", gfn)
          .hex("mfn", mfn)
          .flag("readonly", readonly)
          .u32("handle", handle)
          .s64("status", status);
    }
  }

  /** GNTTABOP_unmap_grant_ref, one element; also when a domain dies with mappings. */
  record Unmap(int granter, int ref, long gfn, int handle, int status) implements GrantEvent {
    @Override
    public String type() {
      return UNMAP;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u16("granter", granter)
          .u32("ref", ref)
          .hex("gfn", gfn)
          .u32("handle", handle)
          .s64("status", status);
    }
  }

  /**
   * GNTTABOP_copy, one element. An end is a grant reference or a gfn.
   *
   * @param source reference or gfn
   * @param dest reference or gfn
   * @param length bytes
   */
  record Copy(
      int sourceDomain,
      boolean sourceIsRef,
      long source,
      int sourceOffset,
      int destDomain,
      boolean destIsRef,
      long dest,
      int destOffset,
      int length,
      int status)
      implements GrantEvent {
    @Override
    public String type() {
      return COPY;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u16("source_domain", sourceDomain)
          .flag("source_is_ref", sourceIsRef)
          .hex("source", source)
          .u16("source_offset", sourceOffset)
          .u16("dest_domain", destDomain)
          .flag("dest_is_ref", destIsRef)
          .hex("dest", dest)
          .u16("dest_offset", destOffset)
          .u16("length", length)
          .s64("status", status);
    }
  }
}
