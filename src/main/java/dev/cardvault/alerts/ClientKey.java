package dev.cardvault.alerts;

import dev.cardvault.access.TenantId;

/** A client of a tenant. */
record ClientKey(TenantId tenant, String clientId) {}
