/** Machine identities: clients, their credentials and the access tokens they get for them. */
@NullMarked
package dev.cardvault.clients;

import org.jspecify.annotations.NullMarked;
