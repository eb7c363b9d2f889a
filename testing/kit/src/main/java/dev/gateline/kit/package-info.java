/**
 * The promises of Gateline as tests, for whoever writes an authenticator or a store. Start with
 * {@link dev.gateline.kit.AuthenticatorContract}; then read {@link dev.gateline.kit.LoginStoreContract}.
 */
@NullMarked
package dev.gateline.kit;

import org.jspecify.annotations.NullMarked;
