package dev.gateline.store;

import dev.gateline.Claims;
import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims as a store keeps them: what was written is read the same, and other bytes are refused. */
public final class ClaimsFormFuzz {
    private ClaimsFormFuzz() {}

    /** One input: the bytes of a store, or the claims of a host. */
    public static void fuzzerTestOneInput(byte[] input) {
        Input in = new Input(input);
        if (in.small() % 2 == 0) {
            readAny(in.rest());
        } else {
            writeAny(members(in, 0));
        }
    }

    private static void readAny(byte[] written) {
        Claims claims = ClaimsForm.read(written);
        try {
            Check.that(claims.size() <= Claims.MAX_SIZE, "the size is bounded");
        } catch (IllegalArgumentException e) {
            return;
        }
        Check.same(ClaimsForm.read(ClaimsForm.write(claims)), claims, "claims that were read");
        claims.asMap().keySet().forEach(name -> {
            boolean unused = claims.isTrue(name)
                    || claims.text(name).isPresent()
                    || claims.number(name).isPresent()
                    || claims.texts(name).isEmpty();
        });
    }

    private static void writeAny(Map<String, @Nullable Object> values) {
        Claims claims;
        try {
            claims = Claims.of(values);
        } catch (IllegalArgumentException e) {
            return;
        }
        byte[] written = ClaimsForm.write(claims);
        Claims read = ClaimsForm.read(written);
        Check.same(read, claims, "claims that were written");
        Check.same(read.size(), claims.size(), "size");
        Check.same(
                List.copyOf(read.asMap().keySet()), List.copyOf(claims.asMap().keySet()), "order");
        Check.same(ByteBuffer.wrap(ClaimsForm.write(read)), ByteBuffer.wrap(written), "bytes");
        Check.same(Claims.of(claims.asMap()), claims, "claims of claims");
    }

    private static Map<String, @Nullable Object> members(Input in, int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int size = in.small() % 8; size > 0 && in.hasMore(); size--) {
            members.put(in.text(), value(in, depth + 1));
        }
        return members;
    }

    private static @Nullable Object value(Input in, int depth) {
        return switch (in.small() % (depth < 12 ? 10 : 8)) {
            case 0 -> in.text();
            case 1 -> true;
            case 2 -> false;
            case 3 -> null;
            case 4 -> in.number();
            case 5 -> in.small();
            case 6 -> Double.longBitsToDouble(in.number());
            case 7 -> BigDecimal.valueOf(in.number(), (int) in.number());
            case 8 -> members(in, depth);
            default -> elements(in, depth);
        };
    }

    private static List<@Nullable Object> elements(Input in, int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int size = in.small() % 8; size > 0 && in.hasMore(); size--) {
            elements.add(value(in, depth + 1));
        }
        return elements;
    }
}
