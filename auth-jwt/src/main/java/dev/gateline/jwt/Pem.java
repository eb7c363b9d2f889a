package dev.gateline.jwt;

import dev.gateline.internal.OwnerOnlyFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A key as text (RFC 7468), for {@link SigningKey#of(Algorithm, Pem)} and {@link VerificationKey#of(Algorithm, Pem)}.
 * Immutable, thread-safe.
 *
 * <p>Private keys are read from {@code PRIVATE KEY} (PKCS#8), {@code ENCRYPTED PRIVATE KEY} (PKCS#8 with PBES2, AES and
 * HMAC), {@code RSA PRIVATE KEY} (PKCS#1) and {@code EC PRIVATE KEY} (SEC 1); public ones from {@code PUBLIC KEY},
 * {@code RSA PUBLIC KEY} and {@code CERTIFICATE}, of which only the key is read, and neither the dates nor the
 * signature. If a text has several suitable blocks, {@link #block} chooses one. For any other block, the message has a
 * command that converts it.
 */
public final class Pem {
    private static final Set<String> PRIVATE =
            Set.of("PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY");
    private static final Set<String> PUBLIC = Set.of("PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE");

    private final Source source;
    private final int number;
    private final char[] password;

    /** The source of the text, which is read when a key is made. Only then it is known whether the text is a secret. */
    private interface Source {
        String text(boolean isSecret);
    }

    private Pem(Source source, int number, char[] password) {
        this.source = source;
        this.number = number;
        this.password = password;
    }

    /**
     * Uses the text of a file, which is read when a key is made of it.
     *
     * @param file the file; with a private key only its owner may have rights to it, or root has mounted it for the
     *     group of the process
     */
    public static Pem file(Path file) {
        return new Pem(isSecret -> isSecret ? OwnerOnlyFile.read(file) : read(file), 0, new char[0]);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Uses a text, for example of an environment variable or from a vault.
     *
     * @param text the text, of any content; it is checked when a key is made of it
     */
    public static Pem text(String text) {
        return new Pem(isSecret -> text, 0, new char[0]);
    }

    /**
     * Uses a text that is read at once.
     *
     * @param reader the source, which is read to its end and not closed
     * @throws UncheckedIOException if it can't be read
     */
    public static Pem read(Reader reader) {
        StringWriter text = new StringWriter();
        try {
            reader.transferTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text(text.toString());
    }

    /**
     * Chooses one of several suitable blocks.
     *
     * @param number counted from 1, over all blocks of the text
     */
    public Pem block(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("block: counted from 1, was " + number);
        }
        return new Pem(source, number, password);
    }

    /**
     * Decrypts a private key.
     *
     * @param password the password, which is copied
     */
    public Pem password(char[] password) {
        return new Pem(source, number, password.clone());
    }

    /**
     * Makes the private key, and computes the public key from it.
     *
     * @throws IllegalArgumentException naming the block and what to do; nothing of the key
     */
    KeyPair keyPair(Algorithm algorithm) {
        PemBlock block = only(PRIVATE, "private key", PemBlock.all(source.text(true)));
        return new PemKey(algorithm, block).keyPair(password);
    }

    /**
     * The public key.
     *
     * @throws IllegalArgumentException naming the block and what to do
     */
    PublicKey publicKey(Algorithm algorithm) {
        PemBlock block = only(PUBLIC, "public key", PemBlock.all(source.text(false)));
        return new PemKey(algorithm, block).publicKey();
    }

    private PemBlock only(Set<String> labels, String what, List<PemBlock> blocks) {
        if (number > blocks.size()) {
            throw new IllegalArgumentException("there is no block " + number + " in the PEM text: " + list(blocks));
        }
        List<PemBlock> candidates = number == 0 ? blocks : List.of(blocks.get(number - 1));
        List<PemBlock> fitting = candidates.stream()
                .filter(block -> labels.contains(block.label()))
                .toList();
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException(
                    "no " + what + " in the PEM text: " + list(candidates) + wayOut(what, candidates.get(0)));
        }
        if (fitting.size() > 1) {
            throw new IllegalArgumentException(
                    "more than one " + what + " in the PEM text: " + list(fitting) + "; choose with block(number)");
        }
        return fitting.get(0);
    }

    private static String list(List<PemBlock> blocks) {
        return blocks.stream()
                .map(block -> block.number() + " " + block.label())
                .collect(Collectors.joining(", "));
    }

    private static String wayOut(String what, PemBlock found) {
        if (what.equals("public key") && PRIVATE.contains(found.label())) {
            return "; write its public key (openssl pkey -in key.pem -pubout)";
        }
        if (what.equals("private key") && PUBLIC.contains(found.label())) {
            return "; give the private key that belongs to it (openssl pkey -in key.pem shows one)";
        }
        return "; convert it (" + found.command() + ")";
    }

    /** Writes a private key as PKCS#8. */
    static String write(Key key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** Does not show the text. */
    @Override
    public String toString() {
        return "Pem[redacted]";
    }
}
