package ringside.fuzz.nvme;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What I/O commands do to blocks, or see of them. */
final class IoEffects {
  private IoEffects() {}

  /** Blocks get new contents. */
  static final class Write implements Command.Effect {
    private final Disks disks;
    private final Supplier<List<BlockModel.Change>> start;
    private final boolean through;
    private final boolean optional;
    private List<BlockModel.Change> changes;
    private boolean cacheOff;

    /**
     * @param start begins the changes
     * @param through durable when it completes
     * @param optional a success does not mean that it took place
     */
    Write(Disks disks, boolean through, boolean optional, Supplier<List<BlockModel.Change>> start) {
      this.disks = disks;
      this.start = start;
      this.through = through;
      this.optional = optional;
    }

    @Override
    public void begins(long now) {
      cacheOff = disks.cacheOff();
      changes = start.get();
    }

    @Override
    public void completes(int status, int dw0, long now) {
      boolean durable = through || cacheOff && disks.cacheOff();
      for (BlockModel.Change change : changes) {
        switch (status) {
          case Spec.SUCCESS -> {
            if (optional) {
              change.perhaps(now);
            } else {
              change.done(now, durable);
            }
          }
          case Spec.INVALID_OPCODE, Spec.INVALID_FIELD, Spec.INVALID_NAMESPACE ->
              change.refused(now);
          default -> change.perhaps(now);
        }
      }
    }

    @Override
    public void vanishes(long now) {
      changes.forEach(change -> change.perhaps(now));
    }
  }

  /** What was written so far becomes durable. */
  static final class Flush implements Command.Effect {
    private final List<BlockModel> namespaces;
    private long began;

    Flush(List<BlockModel> namespaces) {
      this.namespaces = namespaces;
    }

    @Override
    public void begins(long now) {
      began = now;
    }

    @Override
    public void completes(int status, int dw0, long now) {
      if (status == Spec.SUCCESS) {
        namespaces.forEach(blocks -> blocks.durable(began));
      }
    }

    @Override
    public void vanishes(long now) {}
  }

  /** Blocks are looked at, and nobody hears what they hold. */
  static final class Verify implements Command.Effect {
    private final BlockModel blocks;
    private final int lba;
    private final int count;
    private final boolean forced;
    private long began;

    /**
     * @param forced what they hold must be durable
     */
    Verify(BlockModel blocks, int lba, int count, boolean forced) {
      this.blocks = blocks;
      this.lba = lba;
      this.count = count;
      this.forced = forced;
    }

    @Override
    public void begins(long now) {
      began = now;
    }

    @Override
    public void completes(int status, int dw0, long now) {
      if (status == Spec.SUCCESS && forced) {
        blocks.durable(lba, count, began);
      }
    }

    @Override
    public void vanishes(long now) {}
  }

  /** Blocks come into the buffer. */
  static final class Read implements Command.Effect {
    private final Disks.Namespace namespace;
    private final int lba;
    private final int count;
    private final Buffers.Buffer buffer;
    private final boolean forced;
    private BlockModel.Look look;
    private long began;

    /**
     * @param forced what is read must be durable
     */
    Read(Disks.Namespace namespace, int lba, int count, Buffers.Buffer buffer, boolean forced) {
      this.namespace = namespace;
      this.lba = lba;
      this.count = count;
      this.buffer = buffer;
      this.forced = forced;
    }

    @Override
    public void begins(long now) {
      began = now;
      look = namespace.blocks().look(lba, count, now);
    }

    @Override
    public void completes(int status, int dw0, long now) {
      look.over();
      if (status != Spec.SUCCESS) {
        return;
      }
      byte[] bytes = buffer.get();
      for (int i = 0; i < count; i++) {
        long tag = Content.parse(bytes, i * namespace.blockBytes(), namespace.blockBytes());
        Divergence.unless(
            tag != Content.TORN && look.may(i, tag),
            "namespace %d block %d: read %s, may hold %s",
            namespace.nsid(),
            lba + i,
            Content.name(tag),
            look.allowed(i));
        look.saw(i, tag);
      }
      if (forced) {
        namespace.blocks().durable(lba, count, began);
      }
    }

    @Override
    public void vanishes(long now) {
      look.over();
    }
  }

  /** Blocks are compared with the buffer. */
  static final class Compare implements Command.Effect {
    private final Disks.Namespace namespace;
    private final int lba;
    private final long[] tags;
    private final boolean forced;
    private BlockModel.Look look;
    private long began;

    /**
     * @param forced what is compared must be durable
     */
    Compare(Disks.Namespace namespace, int lba, long[] tags, boolean forced) {
      this.namespace = namespace;
      this.lba = lba;
      this.tags = tags.clone();
      this.forced = forced;
    }

    @Override
    public void begins(long now) {
      began = now;
      look = namespace.blocks().look(lba, tags.length, now);
    }

    @Override
    public void completes(int status, int dw0, long now) {
      look.over();
      List<Integer> wrong = new ArrayList<>();
      boolean mayDiffer = false;
      for (int i = 0; i < tags.length; i++) {
        mayDiffer |= look.mayNot(i, tags[i]);
        if (!look.may(i, tags[i])) {
          wrong.add(lba + i);
        }
      }
      if (status == Spec.SUCCESS) {
        Divergence.unless(wrong.isEmpty(), "compare finds no difference in blocks %s", wrong);
        for (int i = 0; i < tags.length; i++) {
          look.saw(i, tags[i]);
        }
        if (forced) {
          namespace.blocks().durable(lba, tags.length, began);
        }
      } else if (status == Spec.COMPARE_FAILURE) {
        Divergence.unless(mayDiffer, "compare finds a difference where none is");
      }
    }

    @Override
    public void vanishes(long now) {
      look.over();
    }
  }
}
