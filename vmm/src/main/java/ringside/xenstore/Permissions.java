package ringside.xenstore;

import com.google.common.collect.ImmutableList;

/**
 * A node's permissions. The first entry names the owner, who may do everything, and holds the
 * rights of all domains that no other entry names. Domain 0 may do everything anyway.
 */
record Permissions(ImmutableList<Permission> entries) {
  Permissions {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("permissions without an owner");
    }
  }

  /** Parses a list such as "n0", "r5". */
  static Permissions parse(Iterable<String> texts) throws StoreError {
    ImmutableList.Builder<Permission> builder = ImmutableList.builder();
    for (String text : texts) {
      builder.add(Permission.parse(text));
    }
    return new Permissions(builder.build());
  }

  /** For nobody but the domain. */
  static Permissions ownedBy(int domid) {
    return new Permissions(ImmutableList.of(new Permission(domid, 0)));
  }

  /** Domain 0 owns it, the other may read. */
  static Permissions readableBy(int domid) {
    return new Permissions(
        ImmutableList.of(new Permission(0, 0), new Permission(domid, Permission.READ)));
  }

  int owner() {
    return entries.get(0).domid();
  }

  boolean isOwner(int domid) {
    return domid == 0 || domid == owner();
  }

  /** READ and WRITE as far as the domain has them. */
  int rights(int domid) {
    if (isOwner(domid)) {
      return Permission.READ | Permission.WRITE;
    }
    for (Permission entry : entries.subList(1, entries.size())) {
      if (entry.domid() == domid) {
        return entry.rights();
      }
    }
    return entries.get(0).rights();
  }

  boolean allow(int domid, int wanted) {
    return (rights(domid) & wanted) == wanted;
  }

  Permissions withOwner(int domid) {
    return new Permissions(
        ImmutableList.<Permission>builder()
            .add(new Permission(domid, entries.get(0).rights()))
            .addAll(entries.subList(1, entries.size()))
            .build());
  }

  boolean names(int domid) {
    return entries.stream().anyMatch(entry -> entry.domid() == domid);
  }

  /** As if the domain had never been; what it owned belongs to domain 0 alone. */
  Permissions without(int domid) {
    if (owner() == domid) {
      return ownedBy(0);
    }
    return new Permissions(
        entries.stream()
            .filter(entry -> entry.domid() != domid)
            .collect(ImmutableList.toImmutableList()));
  }
}
