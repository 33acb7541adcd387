package ringside.cpu.jvm.memory;

/** Hears that a page which holds decoded or translated code was written, or is another one now. */
@FunctionalInterface
public interface CodeListener {
  /** From any thread that runs a vCPU of the domain, before the writing instruction ends. */
  void codeChanged(long gfn);
}
