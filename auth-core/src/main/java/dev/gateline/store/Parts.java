package dev.gateline.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes parts of any length one after the other, each with its length before it. Not thread-safe. */
final class Parts {
    private byte[] bytes = new byte[256];
    private int end;

    /** Writes a whole number, which says how many parts follow, in a number of bytes. */
    Parts size(int width, int number) {
        grow(width);
        for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[end++] = (byte) (number >> shift);
        }
        return this;
    }

    Parts add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a part. One byte says the length of a short part; a negative byte says that four more bytes have the
     * length.
     */
    Parts add(byte[] part) {
        if (part.length <= Byte.MAX_VALUE) {
            size(1, part.length);
        } else {
            size(1, -1).size(Integer.BYTES, part.length);
        }
        grow(part.length);
        System.arraycopy(part, 0, bytes, end, part.length);
        end += part.length;
        return this;
    }

    private void grow(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + more));
        }
    }

    /** Returns all parts, behind some bytes that the caller still has to write. */
    ByteBuffer after(int head) {
        byte[] whole = new byte[head + end];
        System.arraycopy(bytes, 0, whole, head, end);
        return ByteBuffer.wrap(whole);
    }
}
