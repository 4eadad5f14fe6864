package dev.cardvault.access;

import java.util.UUID;

/**
 * One merchant or business unit. Nothing crosses tenants: every query takes one.
 *
 * @param value a UUIDv7
 */
public record TenantId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
