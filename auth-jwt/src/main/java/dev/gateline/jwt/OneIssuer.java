package dev.gateline.jwt;

import dev.gateline.Verifier;

/** Reads the access tokens of one issuer, and may be one of several in {@link AnyIssuer}. Thread-safe. */
public sealed interface OneIssuer extends Verifier permits JwtAuthenticator, JwtVerifier, IntrospectionVerifier {

    /** The issuer, exactly as in {@code iss} of tokens and {@code issuer()} of identities. */
    String issuer();

    /** The prefix of the subject of each identity, or empty. Tokens don't contain it. */
    String subjectPrefix();
}
