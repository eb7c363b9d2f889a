package dev.gateline.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Texts of users as bytes. Databases fold case and accents, drop trailing blanks or refuse NUL, each in its own way.
 * Equal bytes mean the same text.
 */
public final class StoredText {

    /** No text in UTF-8 begins with this byte. */
    private static final byte NOT_UTF8 = (byte) 0xff;

    private StoredText() {}

    /**
     * Writes a text in UTF-8. A text with an unpaired surrogate, which UTF-8 would turn into a question mark, is
     * written in UTF-16 behind a mark.
     */
    public static byte[] bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (new String(utf8, StandardCharsets.UTF_8).equals(text)) {
            return utf8;
        }
        ByteBuffer marked = ByteBuffer.allocate(1 + text.length() * Character.BYTES);
        marked.put(NOT_UTF8).asCharBuffer().put(text);
        return marked.array();
    }

    /** Reads what {@link #bytes} has written. */
    public static String read(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == NOT_UTF8
                ? ByteBuffer.wrap(bytes, 1, bytes.length - 1).asCharBuffer().toString()
                : new String(bytes, StandardCharsets.UTF_8);
    }
}
