package dev.gateline.store;

import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import dev.gateline.internal.StoredText;

/** Texts of users as bytes: different texts have different bytes, and are read back the same. */
public final class StoredTextFuzz {
    private StoredTextFuzz() {}

    /** One input: a text. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new Input(input).text();
        Check.same(StoredText.read(StoredText.bytes(text)), text, "a text that was written");
    }
}
