package ringside.cpu;

/** Something whose registers can be read by name. */
public interface RegisterFile {
  long get(Register register);
}
