package dev.cardvault.access;

import java.util.UUID;

/**
 * One merchant or business unit. Nothing crosses tenants: every query takes one.
 *
 * @param value a UUIDv7
 */
public record TenantId(UUID value) {

  /** Nobody's: a transaction in its name sees no row that belongs to a tenant. */
  public static final TenantId NOBODY = new TenantId(new UUID(0, 0));

  @Override
  public String toString() {
    return value.toString();
  }
}
