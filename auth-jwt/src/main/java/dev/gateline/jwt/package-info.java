/**
 * Logins as signed tokens (RFC 9068) that can be revoked at once. Start with {@link dev.gateline.jwt.JwtAuthenticator};
 * a service that only reads tokens starts with {@link dev.gateline.jwt.JwtVerifier}.
 */
@NullMarked
package dev.gateline.jwt;

import org.jspecify.annotations.NullMarked;
