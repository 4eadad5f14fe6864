-- Whether a connector asks for the security codes that come with cards; otherwise they are dropped on arrival.
ALTER TABLE connector ADD COLUMN keeps_code boolean NOT NULL DEFAULT false;
GRANT UPDATE (keeps_code) ON connector TO cardvault_app;
