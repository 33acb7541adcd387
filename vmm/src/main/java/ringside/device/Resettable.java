package ringside.device;

/** A device that can go back to its state at power-on, with no timer of its own left running. */
public interface Resettable {
  void reset();
}
