/**
 * Logins as signed tokens (RFC 9068) that can be revoked at once. Start with {@link dev.gateline.jwt.JwtAuthenticator};
 * who only reads tokens, with {@link dev.gateline.jwt.JwtVerifier}.
 */
@NullMarked
package dev.gateline.jwt;

import org.jspecify.annotations.NullMarked;
