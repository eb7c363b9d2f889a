package dev.gateline.jwt;

import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The request that jjwt's algorithms take, for signing or checking. Only this class calls them, so that the classes
 * with which a host begins can be loaded beside a jjwt that is too old.
 */
final class SignatureRequest implements VerifySecureDigestRequest<Key> {
    private final byte[] signed;
    private final Key key;
    private final byte[] signature;
    private final @Nullable Provider provider;

    SignatureRequest(byte[] signed, Key key, byte[] signature, @Nullable Provider provider) {
        this.signed = signed;
        this.key = key;
        this.signature = signature;
        this.provider = provider;
    }

    /** Signs the bytes. */
    byte[] sign(Algorithm algorithm) {
        return algorithm.<Key, Key>jjwt().digest(this);
    }

    /** Whether the key has made the signature. */
    boolean verify(Algorithm algorithm) {
        return algorithm.<Key, Key>jjwt().verify(this);
    }

    @Override
    public InputStream getPayload() {
        return new ByteArrayInputStream(signed);
    }

    @Override
    public Key getKey() {
        return key;
    }

    @Override
    public byte[] getDigest() {
        return signature;
    }

    @Override
    public @Nullable Provider getProvider() {
        return provider;
    }

    @Override
    public @Nullable SecureRandom getSecureRandom() {
        return null;
    }
}
