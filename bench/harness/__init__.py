"""Measures the vault and, on the same tables of the same Postgres, pgbench doing the same work."""
