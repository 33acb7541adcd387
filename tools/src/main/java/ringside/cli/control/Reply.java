package ringside.cli.control;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The answer to a {@link Request}.
 *
 * @param error what was wrong with it, or null
 * @param result what the verb gives, or null
 */
record Reply(String error, JsonNode result) {}
