package dev.cardvault.alerts;

import dev.cardvault.access.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * Something unusual.
 *
 * @param setting the rule that found it, as the tenant wants it
 * @param tenant whose it is
 * @param clientId who did it
 * @param about what it is about, beside the client: the same again is the same alert
 * @param summary for people, without anything a caller chose but a network
 * @param eventId the event that made it so
 * @param at that event's time
 */
record Finding(
    RuleSetting setting,
    TenantId tenant,
    String clientId,
    String about,
    String summary,
    UUID eventId,
    Instant at) {}
