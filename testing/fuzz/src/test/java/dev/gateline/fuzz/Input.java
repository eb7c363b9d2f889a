package dev.gateline.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes of a fuzzer, from which a target takes what it needs. Bytes that are missing are zero. */
public final class Input {
    private final ByteBuffer bytes;

    /** Begins with the first byte. */
    public Input(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Whether there are bytes left. */
    public boolean hasMore() {
        return bytes.hasRemaining();
    }

    /** Takes a number from 0 to 255. */
    public int small() {
        return bytes.hasRemaining() ? bytes.get() & 0xff : 0;
    }

    /** Takes one of several values. */
    public <T> T oneOf(List<T> values) {
        return values.get(small() % values.size());
    }

    /** Takes a number of 64 bits. */
    public long number() {
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << Byte.SIZE | small();
        }
        return number;
    }

    /** Takes some bytes, behind one byte that says how many. */
    public byte[] some() {
        byte[] some = new byte[Math.min(small(), bytes.remaining())];
        bytes.get(some);
        return some;
    }

    /** Takes all bytes up to a zero byte, or to the end. */
    public byte[] untilZero() {
        int from = bytes.position();
        while (bytes.hasRemaining() && bytes.get() != 0) {
            // the next byte may be the zero
        }
        int end = bytes.position();
        int to = end > from && bytes.get(end - 1) == 0 ? end - 1 : end;
        byte[] part = new byte[to - from];
        bytes.get(from, part);
        return part;
    }

    /** Takes all bytes that are left. */
    public byte[] rest() {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }

    /** Takes some characters of Latin-1, as a server reads a header. */
    public String header() {
        return new String(rest(), StandardCharsets.ISO_8859_1);
    }

    /** Takes any text of Java, half surrogate pairs included: one byte for a character of Latin-1, three for others. */
    public String text() {
        ByteBuffer some = ByteBuffer.wrap(some());
        StringBuilder text = new StringBuilder();
        while (some.hasRemaining()) {
            int first = some.get() & 0xff;
            text.append(first == 0xff && some.remaining() > 1 ? some.getChar() : (char) first);
        }
        return text.toString();
    }
}
