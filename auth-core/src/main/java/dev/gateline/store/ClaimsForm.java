package dev.gateline.store;

import dev.gateline.Claims;
import dev.gateline.internal.DeferredClaims;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The written form of claims: for each value a letter that says its type, and then the value. */
final class ClaimsForm {
    /** Loads the class of claims, which registers itself at {@link DeferredClaims}. */
    private static final Claims NO_CLAIMS = Claims.none();

    private static final byte[] NONE = write(NO_CLAIMS);

    private ClaimsForm() {}

    /** The written form of no claims. */
    static byte[] none() {
        return NONE.clone();
    }

    static byte[] write(Claims claims) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            members(out, claims.asMap());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    private static void members(DataOutputStream out, Map<?, ?> values) throws IOException {
        out.writeShort(values.size());
        for (Map.Entry<?, ?> member : values.entrySet()) {
            text(out, (String) member.getKey());
            value(out, member.getValue());
        }
    }

    private static void value(DataOutputStream out, @Nullable Object value) throws IOException {
        if (value instanceof String text) {
            out.writeByte('s');
            text(out, text);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 't' : 'f');
        } else if (value instanceof Long number) {
            out.writeByte('l');
            out.writeLong(number);
        } else if (value instanceof BigDecimal decimal) {
            out.writeByte('d');
            text(out, decimal.toString());
        } else if (value instanceof List<?> list) {
            out.writeByte('a');
            out.writeShort(list.size());
            for (Object element : list) {
                value(out, element);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.writeByte('o');
            members(out, map);
        } else {
            out.writeByte('n');
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(utf8.length);
        out.write(utf8);
    }

    /**
     * The claims of a written form. The values are read at the first call of an accessor, because most requests look at
     * none of them.
     *
     * @param written the bytes of {@link #write}, which must not change any more; with other bytes the accessors throw
     *     an {@link IllegalArgumentException}
     */
    static Claims read(byte[] written) {
        return Arrays.equals(written, NONE) ? NO_CLAIMS : Claims.class.cast(DeferredClaims.of(() -> valuesOf(written)));
    }

    private static Map<String, @Nullable Object> valuesOf(byte[] written) {
        try {
            ByteBuffer in = ByteBuffer.wrap(written);
            Map<String, @Nullable Object> values = members(in, 1);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("there are further bytes behind the claims");
            }
            return values;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the claims are cut off", e);
        }
    }

    /** Reads members at a depth, which is bounded so that the bytes of a store can't exhaust the stack. */
    private static Map<String, @Nullable Object> members(ByteBuffer in, int depth) {
        int size = size(in, depth);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            values.put(text(in), value(in, depth));
        }
        if (values.size() < size) {
            throw new IllegalArgumentException("a claim is there twice");
        }
        return values;
    }

    private static List<@Nullable Object> elements(ByteBuffer in, int depth) {
        int size = size(in, depth);
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(value(in, depth));
        }
        return elements;
    }

    private static int size(ByteBuffer in, int depth) {
        if (depth > Claims.MAX_DEPTH) {
            throw new IllegalArgumentException("the claims nest deeper than " + Claims.MAX_DEPTH);
        }
        return Short.toUnsignedInt(in.getShort());
    }

    private static @Nullable Object value(ByteBuffer in, int depth) {
        byte type = in.get();
        return switch (type) {
            case 's' -> text(in);
            case 't' -> true;
            case 'f' -> false;
            case 'l' -> in.getLong();
            case 'd' -> decimal(text(in));
            case 'a' -> elements(in, depth + 1);
            case 'o' -> members(in, depth + 1);
            case 'n' -> null;
            default -> throw new IllegalArgumentException("a claim of an unknown type: " + type);
        };
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            // the message of the cause may quote the claim
            throw new IllegalArgumentException("a claim is not the number that it should be");
        }
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining() + 1)];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
