/** Tests of clients, logins and access tokens. */
@NullMarked
package dev.cardvault.clients;

import org.jspecify.annotations.NullMarked;
