package dev.gateline.jwt;

/** Checks the signatures of one key. Thread-safe. */
@FunctionalInterface
interface SignatureCheck {

    /**
     * Whether a signature is the key's.
     *
     * @param signed the signed bytes as received
     * @param signature the signature as received, of the right length
     * @throws IllegalStateException if nothing can be checked now, whatever the bytes are
     */
    boolean isGood(byte[] signed, byte[] signature);
}
