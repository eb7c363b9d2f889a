package dev.gateline.jwt;

import dev.gateline.fuzz.Check;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The document of a key ring: what is read is written and read back the same, and other texts are refused. */
public final class RingDocumentFuzz {
    private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600L);

    private RingDocumentFuzz() {}

    /** One input: the text. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        RingKeys ring;
        try {
            ring = RingDocument.read(text, NOW);
        } catch (IllegalArgumentException e) {
            Check.that(e.getMessage() != null, "a refusal says why");
            return;
        }
        String written = RingDocument.write(ring);
        Check.same(RingDocument.write(RingDocument.read(written, NOW)), written, "a document that was written");
    }
}
