package dev.gateline.jwt;

import dev.gateline.Credential;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.engine.Reporter;
import java.util.Optional;

/**
 * Reads tokens that were not seen before, each part once and in this order: its form, its header, the key, the
 * signature, its claims. Nothing that changes with time is judged. Thread-safe.
 */
final class TokenReader {
    private final KeySource keys;
    private final ExpectedClaims expected;
    private final Reporter reporter;

    /** The header of the last token with a good signature, which the next token most likely has as well. */
    private volatile JoseHeader lastHeader = JoseHeader.NONE;

    /** A token and the key that made its signature. */
    private record Proven(CompactJws jws, VerificationKey key) {}

    /**
     * Creates a reader.
     *
     * @param keys the trusted keys
     */
    TokenReader(KeySource keys, ExpectedClaims expected, Reporter reporter) {
        this.keys = keys;
        this.expected = expected;
        this.reporter = reporter;
    }

    /** Reads a token. It is rejected if its signature or its claims are not good. */
    Outcome<VerifiedToken> read(Credential credential) {
        return CompactJws.read(credential, lastHeader)
                .then(this::withFittingHeader)
                .then(this::withSignature)
                .then(this::withClaims);
    }

    /** Whether a key that made a signature is still trusted. */
    boolean trusts(VerificationKey key) {
        Optional<VerificationKey> now = key(key.id());
        return now.isPresent() && now.get().equals(key);
    }

    /** Whether a key that made a signature is known to be still trusted, without waiting for the source. */
    boolean isKnownToTrust(VerificationKey key) {
        Optional<VerificationKey> now = knownAs(key.id(), keys.findInMemory(key.id()));
        return now.isPresent() && now.get().equals(key);
    }

    private Outcome<CompactJws> withFittingHeader(CompactJws jws) {
        return jws.header() == lastHeader
                ? Outcome.accepted(jws)
                : expected.profile().kind().check(jws.header()).map(fitting -> jws);
    }

    private Outcome<Proven> withSignature(CompactJws jws) {
        Optional<VerificationKey> key = key(jws.header().keyId());
        if (key.isEmpty()) {
            return Outcome.rejected(Rejection.BAD_SIGNATURE, "kid: names no key that is trusted");
        }
        if (!reporter.orUnavailable("check a signature", () -> jws.isSignedBy(key.get()))) {
            return Outcome.rejected(
                    Rejection.BAD_SIGNATURE, "signature: not made with the key, or alg is not the key's");
        }
        lastHeader = jws.header();
        return Outcome.accepted(new Proven(jws, key.get()));
    }

    private Outcome<VerifiedToken> withClaims(Proven proven) {
        return TokenClaims.read(proven.jws(), proven.key(), expected);
    }

    /**
     * Finds a key by the name in the token. The key keeps this name, because the source may know it by no other name
     * when the token comes again.
     */
    private Optional<VerificationKey> key(String keyId) {
        return knownAs(keyId, reporter.orUnavailable("find a key", () -> keys.find(keyId)));
    }

    private static Optional<VerificationKey> knownAs(String keyId, Optional<VerificationKey> found) {
        boolean isKnownAs = found.isEmpty() || found.get().id().equals(keyId);
        return isKnownAs ? found : Optional.of(found.get().knownAs(keyId));
    }
}
