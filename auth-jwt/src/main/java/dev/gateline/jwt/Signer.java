package dev.gateline.jwt;

/** Signs with one key. Thread-safe. */
@FunctionalInterface
interface Signer {

    /**
     * Signs bytes.
     *
     * @return the signature in the form of a JWS (RFC 7518 section 3)
     * @throws IllegalStateException if the key can't sign now
     */
    byte[] sign(byte[] bytes);
}
