package dev.gateline.jwt;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a PEM text (RFC 7468), between {@code BEGIN} and {@code END} of one label. Immutable.
 *
 * @param number the number of the block, counted from 1
 * @param label the label, such as {@code PRIVATE KEY}
 * @param body the text between the two lines, base64, perhaps behind headers
 */
record PemBlock(int number, String label, String body) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String BEGIN = "-----BEGIN ";

    /** Commands that convert a block that can't be read here, by its label. */
    private static final Map<String, String> COMMANDS = Map.of(
            "OPENSSH PRIVATE KEY", "ssh-keygen -p -m PKCS8 -f key (in place)",
            "CERTIFICATE", "openssl x509 -in cert.pem -pubkey -noout",
            "TRUSTED CERTIFICATE", "openssl x509 -in trusted.pem -out cert.pem",
            "CERTIFICATE REQUEST", "openssl req -in request.pem -pubkey -noout",
            "NEW CERTIFICATE REQUEST", "openssl req -in request.pem -pubkey -noout",
            "PKCS7", "openssl pkcs7 -in chain.pem -print_certs",
            "ENCRYPTED PRIVATE KEY",
                    "openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in key.pem -out pkcs8.pem",
            "PUBLIC KEY", "openssl pkey -pubin -in public.pem -text -noout (shows it)",
            "RSA PUBLIC KEY", "openssl rsa -RSAPublicKey_in -in public.pem -pubout");

    private static final String TO_PKCS8 = "openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem";

    /**
     * All blocks of a text.
     *
     * @throws IllegalArgumentException if there is no block, or one without its end; the message quotes nothing of the
     *     text
     */
    static List<PemBlock> all(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new PemBlock(blocks.size() + 1, matcher.group(1), matcher.group(2)));
        }
        int begun = text.split(BEGIN, -1).length - 1;
        if (blocks.isEmpty() && begun == 0) {
            throw new IllegalArgumentException(
                    "not PEM: there is no " + BEGIN + "…-----; if it is DER or PKCS#12, convert it"
                            + " (openssl pkey -inform DER -in key.der -out key.pem; openssl pkcs12 -in key.p12"
                            + " -nodes -out key.pem)");
        }
        if (blocks.size() != begun) {
            throw new IllegalArgumentException("not PEM: a block begins and does not end with the same label");
        }
        return blocks;
    }

    /**
     * The bytes.
     *
     * @throws IllegalArgumentException if the block has headers, or is no base64
     */
    byte[] der() {
        if (body.contains("Proc-Type:")) {
            throw new IllegalArgumentException(this + " is encrypted in the old way of OpenSSL; convert it"
                    + " (openssl pkcs8 -topk8 -in key.pem -out pkcs8.pem), and give the password");
        }
        if (body.contains("\\n")) {
            throw new IllegalArgumentException(
                    this + " has \\n as two characters; make them line breaks (text.replace(\"\\\\n\", \"\\n\"))");
        }
        try {
            return Base64.getDecoder().decode(body.replaceAll("[ \\t\\r\\n]", ""));
        } catch (IllegalArgumentException e) {
            // the message of the cause has a character of the key
            throw new IllegalArgumentException(this + " is not base64");
        }
    }

    /** The command that converts a block that is not read here. */
    String command() {
        return COMMANDS.getOrDefault(label, TO_PKCS8);
    }

    /** Does not show the content. */
    @Override
    public String toString() {
        return "block " + number + ", " + label + ",";
    }
}
