package dev.gateline.jwt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the same things in the many ways that JSON has, and now and then something that it has not. */
final class RandomJson {
    private static final List<String> STRINGS = List.of(
            "\"\"",
            "\"plain\"",
            "\"Zo\u00eb \uD83C\uDFA1\"",
            "\"\\u005a\\u006f\\u00eb\"",
            "\"\\uD83C\\uDFA1\"",
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
            "\"{\\\"exp\\\":1}\"",
            "\"2026-01-01T00:00:00Z\"",
            "\"\\u0000\"");
    private static final List<String> NUMBERS =
            List.of("0", "-0", "1", "-1", "1.0", "1e2", "1E+2", "1.5", "-2.25", "123456789012345", "0.1", "1e-3");
    private static final List<String> NAMES = List.of(
            "role",
            "tenant",
            "EXP",
            "Sub",
            "scope",
            "__proto__",
            "class",
            "@type",
            "\\u0072oles",
            "",
            "x y",
            " nbf",
            "cnf\\t",
            "\\u2003exp");
    private static final List<String> BROKEN = List.of(
            "01",
            "+1",
            "1.",
            ".5",
            "1e",
            "NaN",
            "'a'",
            "\"\\x\"",
            "\"\\uD800\"",
            "tru",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1,\"\\u0061\":2}",
            "/**/1",
            "1 2",
            "\"\t\"",
            "1e999999999999",
            "[[[[[[[[[[1]]]]]]]]]]");

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    /** The members in any order, some more among them, blanks in between. */
    String object(Map<String, String> members, int more) {
        List<String> all = new ArrayList<>();
        members.forEach((name, value) -> all.add(member(name, value)));
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        names.stream().limit(random.nextInt(more + 1)).forEach(name -> all.add(member(name, value(3))));
        Collections.shuffle(all, random);
        return blank() + "{" + blank() + String.join(blank() + "," + blank(), all) + blank() + "}" + blank();
    }

    private String member(String name, String value) {
        return "\"" + name + "\"" + blank() + ":" + blank() + value;
    }

    private String value(int depth) {
        int kind = random.nextInt(depth > 0 ? 8 : 6);
        return switch (kind) {
            case 0, 1 -> oneOf(STRINGS);
            case 2, 3 -> oneOf(NUMBERS);
            case 4 -> random.nextBoolean() ? "true" : "false";
            case 5 -> random.nextInt(12) == 0 ? oneOf(BROKEN) : "null";
            case 6 ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> blank() + value(depth - 1) + blank())
                        .collect(Collectors.joining(",", "[", "]"));
            default ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> member("m" + i, value(depth - 1)))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    String blank() {
        return oneOf(List.of("", "", "", " ", "\t", "\r\n", "\n  "));
    }

    String oneOf(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
