package dev.gateline.jwt;

import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;

/**
 * Makes or checks the signatures of one key of a pair. Thread-safe.
 *
 * @param prepared the signatures with the key, for signing or for checking
 * @param ecdsa the form of the signatures, if they are of ECDSA
 */
record PairSignatures(Prepared<Signature> prepared, Optional<EcdsaForm> ecdsa) {

    /**
     * Signs bytes.
     *
     * @throws IllegalStateException if the key can't sign now
     */
    byte[] sign(byte[] bytes) {
        Signature signing = prepared.take();
        try {
            signing.update(bytes);
            byte[] made = signing.sign();
            prepared.giveBack(signing);
            return ecdsa.map(form -> form.ofDer(made)).orElse(made);
        } catch (SignatureException | RuntimeException e) {
            throw new IllegalStateException("the key can't sign", e);
        }
    }

    /**
     * Whether a signature is the key's. A signature that the provider can't read is not.
     *
     * @throws IllegalStateException if the provider itself has failed
     */
    boolean isGood(byte[] signed, byte[] signature) {
        if (ecdsa.isPresent() && !ecdsa.get().isInRange(signature)) {
            return false;
        }
        byte[] presented = ecdsa.map(form -> form.toDer(signature)).orElse(signature);
        Signature checking = prepared.take();
        try {
            checking.update(signed);
            boolean isGood = checking.verify(presented);
            prepared.giveBack(checking);
            return isGood;
        } catch (ProviderException e) {
            throw new IllegalStateException("the key can't check", e);
        } catch (SignatureException | RuntimeException e) {
            return false;
        }
    }
}
