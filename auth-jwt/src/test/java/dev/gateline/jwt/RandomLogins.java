package dev.gateline.jwt;

import dev.gateline.Claims;
import dev.gateline.Login;
import dev.gateline.LoginBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Logins with all that a login may hold: every type of claim, long and strange texts, the ends of numbers. */
final class RandomLogins {
    private static final List<String> STRANGE = List.of(
            "",
            " ",
            "\u0000\u001f\u007f\u0080\u009f",
            "\"\\/\b\f\n\r\t",
            "</script><!--",
            "\u00e9\u00df\u0416\u05d0\u4e2d",
            "e\u0301",
            "\uD83C\uDFA1\uD83D\uDC68\u200D\uD83D\uDC69",
            "\uFEFF\u200B\u2028\u2029\uFFFF\uFFFE",
            "\uDBFF\uDFFF\uD800\uDC00",
            "{\"exp\":1}",
            "null",
            "ey.ey.");
    private static final List<Number> NUMBERS = List.of(
            0,
            -1,
            Byte.MIN_VALUE,
            Short.MAX_VALUE,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            1L << 53,
            (1L << 53) + 1,
            0.1,
            -0.0,
            0.1f,
            1e-3,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Math.PI,
            new BigInteger("9223372036854775808"),
            new BigInteger("-9223372036854775809"),
            new BigInteger("170141183460469231731687303715884105"),
            new BigDecimal("1.0"),
            new BigDecimal("1E+3"),
            new BigDecimal("1E+30"),
            new BigDecimal("-1.5E-300"),
            new BigDecimal("1234567890.123456789012345678901234"),
            new BigDecimal("0E+7"));

    /** A role of the park. */
    private enum Role {
        KEEPER,
        VISITOR
    }

    private final Random random;

    RandomLogins(Random random) {
        this.random = random;
    }

    /** Another one, if the first is too large or has a reserved name. */
    Login next(Instant now) {
        Optional<Login> login = Optional.empty();
        while (login.isEmpty()) {
            login = attempt(now);
        }
        return login.get();
    }

    private Optional<Login> attempt(Instant now) {
        try {
            LoginBuilder login = Login.builder(subject()).client("a client").remembered(random.nextInt(4) == 0);
            claims().forEach(login::claim);
            login.methods(methods());
            Instant proved = oneOf(provedAt(now));
            return Optional.of(
                    random.nextBoolean() ? login.authenticatedAt(proved).build() : login.build());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String subject() {
        String subject = random.nextInt(3) == 0 ? text(255) : "user-" + random.nextInt();
        String clean = subject.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(100)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.isBlank() ? "\uD83C\uDFA1" : clean;
    }

    private String[] methods() {
        List<String> all = List.of("pwd", "otp", "mfa", "hwk", "a\"b\\c", "~".repeat(32));
        return random.ints(random.nextInt(17), 0, all.size()).mapToObj(all::get).toArray(String[]::new);
    }

    private static List<Instant> provedAt(Instant now) {
        return List.of(
                Instant.ofEpochSecond(1),
                now,
                now.plusNanos(1),
                now.minusNanos(1),
                now.minusSeconds(3),
                now.plusSeconds(3),
                now.plusSeconds(900_000));
    }

    private Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            claims.put("roles", random.nextBoolean() ? List.of("keeper", "visitor") : Role.values());
        }
        if (random.nextBoolean()) {
            claims.put("scope", random.nextBoolean() ? "read write  all" : List.of("read", text(20)));
        }
        int more = random.nextInt(20) == 0 ? 230 : random.nextInt(8);
        for (int i = 0; i < more; i++) {
            claims.put(name(i), more > 100 ? (Object) i : value(6));
        }
        return claims;
    }

    private String name(int number) {
        return switch (random.nextInt(6)) {
            case 0 -> "n" + text(30).strip() + number;
            case 1 -> oneOf(List.of("EXP", "Sub", "__proto__", "@type", "nonce", "client_id", "azp", "typ")) + number;
            case 2 -> oneOf(List.of("nonce", "client_id", "azp", "ver", "Sub", "jti ", "groups"));
            default -> "claim" + number;
        };
    }

    private Object value(int depth) {
        List<Supplier<Object>> kinds = List.of(
                () -> text(60),
                () -> text(60),
                () -> oneOf(NUMBERS),
                random::nextLong,
                random::nextGaussian,
                random::nextBoolean,
                () -> oneOf(List.of(Role.values())),
                () -> new UUID(random.nextLong(), random.nextLong()),
                () -> Instant.ofEpochSecond(random.nextInt(), 5),
                () -> new int[] {1, random.nextInt()},
                () -> list(depth),
                () -> list(depth),
                () -> map(depth));
        return kinds.get(random.nextInt(depth > 0 ? kinds.size() : 10)).get();
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(random.nextInt(5) == 0 ? null : value(depth - 1));
        }
        return list;
    }

    private Map<String, Object> map(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = random.nextBoolean() ? "exp" : "m" + text(10);
            map.put(name, random.nextInt(5) == 0 ? null : value(depth - 1));
        }
        return map;
    }

    private String text(int most) {
        return switch (random.nextInt(4)) {
            case 0 -> oneOf(STRANGE);
            case 1 -> oneOf(STRANGE) + oneOf(STRANGE);
            case 2 -> "long".repeat(random.nextInt(most));
            default ->
                random.ints(random.nextInt(most), 0, Character.MAX_CODE_POINT + 1)
                        .filter(c -> Character.getType(c) != Character.SURROGATE)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
        };
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Claims for a renewal. */
    Claims claimsAtRenewal() {
        return next(Instant.EPOCH.plusSeconds(1_000)).claims();
    }
}
