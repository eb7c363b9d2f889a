package dev.gateline.jwt;

import dev.gateline.Verifier;

/** Reads the access tokens of one issuer, and may be one of several in {@link AnyIssuer}. Thread-safe. */
public sealed interface OneIssuer extends Verifier permits JwtAuthenticator, JwtVerifier, IntrospectionVerifier {

    /** The issuer, exactly as tokens have it in {@code iss} and identities in {@code issuer()}. */
    String issuer();

    /** The beginning of the subject of each identity; empty for none. Nothing of it is in tokens. */
    String subjectPrefix();
}
