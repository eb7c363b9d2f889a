package dev.gateline.jwt;

import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;

/** A key in PEM: a key is read, or a refusal says what to do and nothing of the key. */
public final class PemFuzz {
    private static final List<Algorithm> ALGORITHMS =
            List.of(Algorithm.RS256, Algorithm.ES256, Algorithm.ES384, Algorithm.ES512, Algorithm.EdDSA);

    private PemFuzz() {}

    /** One input: a number for the algorithm, and the text. */
    public static void fuzzerTestOneInput(byte[] input) {
        Input in = new Input(input);
        Algorithm algorithm = in.oneOf(ALGORITHMS);
        String text = in.header();
        readPublic(algorithm, text);
        readPrivate(algorithm, text);
    }

    private static void readPublic(Algorithm algorithm, String text) {
        try {
            PublicKey key = Pem.text(text).publicKey(algorithm);
            Check.that(key.getEncoded().length > 0, "a key");
            Check.that(!VerificationKey.of(algorithm, key).id().isEmpty(), "a key with a thumbprint");
        } catch (IllegalArgumentException e) {
            checkRefusal(e, text);
        }
    }

    private static void readPrivate(Algorithm algorithm, String text) {
        try {
            KeyPair pair = Pem.text(text).keyPair(algorithm);
            KeyPair again = Pem.text(Pem.write(pair.getPrivate())).keyPair(algorithm);
            Check.that(
                    Arrays.equals(
                            again.getPrivate().getEncoded(), pair.getPrivate().getEncoded()),
                    "a private key that was written");
            Check.same(again.getPublic(), pair.getPublic(), "its public key");
        } catch (IllegalArgumentException e) {
            checkRefusal(e, text);
        }
    }

    /** No line of the text, except the labels, may be in a message. */
    private static void checkRefusal(IllegalArgumentException refusal, String text) {
        String message = String.valueOf(refusal.getMessage());
        for (String line : text.split("[\r\n]+", -1)) {
            Check.that(
                    line.length() < 20 || line.contains("-----") || !message.contains(line), "a secret in: " + message);
        }
    }
}
