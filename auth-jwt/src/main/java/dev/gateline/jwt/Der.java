package dev.gateline.jwt;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** An element of DER (X.690), as far as key files need it: one byte of tag, and a length of up to 16 MiB. Immutable. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    private final int tag;
    private final byte[] content;

    private Der(int tag, byte[] content) {
        this.tag = tag;
        this.content = content;
    }

    static Der of(int tag, byte... content) {
        return new Der(tag, content);
    }

    static Der integer(BigInteger number) {
        return new Der(INTEGER, number.toByteArray());
    }

    static Der sequence(Der... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(part -> content.writeBytes(part.encoded()));
        return new Der(SEQUENCE, content.toByteArray());
    }

    /** Creates an object identifier from its content in hexadecimal. */
    static Der identifier(String hex) {
        return new Der(OBJECT_IDENTIFIER, HexFormat.of().parseHex(hex));
    }

    int tag() {
        return tag;
    }

    /**
     * The number.
     *
     * @throws IllegalArgumentException if this is no number
     */
    BigInteger number() {
        if (tag != INTEGER || content.length == 0) {
            throw new IllegalArgumentException("DER without a number");
        }
        return new BigInteger(content);
    }

    byte[] encoded() {
        int bytes = content.length < 0x80 ? 0 : content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
        ByteBuffer out = ByteBuffer.allocate(2 + bytes + content.length);
        out.put((byte) tag).put((byte) (bytes == 0 ? content.length : 0x80 | bytes));
        for (int i = bytes - 1; i >= 0; i--) {
            out.put((byte) (content.length >> (Byte.SIZE * i)));
        }
        return out.put(content).array();
    }

    /**
     * Reads consecutive elements.
     *
     * @throws IllegalArgumentException if the bytes are anything else
     */
    static List<Der> read(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        List<Der> elements = new ArrayList<>();
        try {
            while (in.hasRemaining()) {
                int tag = in.get() & 0xff;
                int length = length(in);
                if (length > in.remaining()) {
                    throw new IllegalArgumentException("DER that is cut off");
                }
                byte[] content = new byte[length];
                in.get(content);
                elements.add(new Der(tag, content));
            }
            return elements;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("DER that is cut off", e);
        }
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int bytes = first & 0x7f;
        if (bytes == 0 || bytes > 3) {
            throw new IllegalArgumentException("DER with an impossible length");
        }
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << Byte.SIZE) | (in.get() & 0xff);
        }
        return length;
    }

    /**
     * The parts inside.
     *
     * @throws IllegalArgumentException if the content is no DER
     */
    List<Der> parts() {
        return read(content);
    }

    /** Does not show the content, which may belong to a private key. */
    @Override
    public String toString() {
        return "Der[" + tag + ", " + content.length + " bytes]";
    }
}
