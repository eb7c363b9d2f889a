/**
 * The promises of Gateline as tests, for authors of authenticators and stores. Start with {@link
 * dev.gateline.kit.AuthenticatorContract}; then read {@link dev.gateline.kit.LoginStoreContract}.
 */
@NullMarked
package dev.gateline.kit;

import org.jspecify.annotations.NullMarked;
