package ringside.abi;

/**
 * An error a call can end with.
 *
 * @param errno its name, such as EINVAL
 * @param reason in one sentence, when
 */
public record AbiError(String errno, String reason) {}
