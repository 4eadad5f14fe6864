package dev.cardvault.clients;

import dev.cardvault.access.ClientPolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine identity of one tenant.
 *
 * @param id {@code cli_} and a UUID
 * @param name its name, 1 to 100 characters, unique in the tenant
 * @param suspended whether it may do nothing for now
 * @param policy its rules
 * @param credentials all it ever had, oldest first
 * @param statusReason why it was last suspended or resumed; {@code null} if it never was
 * @param createdAt when it was made
 * @param createdBy by which client
 */
public record Client(
    String id,
    String name,
    boolean suspended,
    ClientPolicy policy,
    List<Credential> credentials,
    @Nullable String statusReason,
    Instant createdAt,
    String createdBy) {

  static final String PREFIX = "cli_";

  public Client {
    credentials = List.copyOf(credentials);
  }
}
