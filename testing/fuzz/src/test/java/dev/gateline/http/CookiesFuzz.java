package dev.gateline.http;

import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.http.Rfc6265CookieProcessor;
import org.apache.tomcat.util.http.ServerCookies;

/**
 * The header {@code Cookie}. Tomcat's reader of RFC 6265 leaves out pairs that the grammar does not allow. All values
 * that it finds, we find too; and each value of ours that the grammar allows, it finds.
 */
public final class CookiesFuzz {
    private static final String NAME = "__Host-Http-id";
    private static final CookieCarrier CARRIER = CookieCarrier.create();
    private static final Rfc6265CookieProcessor TOMCAT = new Rfc6265CookieProcessor();

    private CookiesFuzz() {}

    /** One input: the lines of the header, with zero bytes between them. */
    public static void fuzzerTestOneInput(byte[] input) {
        Input in = new Input(input);
        List<String> lines = new ArrayList<>();
        while (in.hasMore()) {
            lines.add(new String(in.untilZero(), StandardCharsets.ISO_8859_1));
        }
        Cookies ours = Cookies.of(lines, NAME);
        Set<String> simple = simply(lines);
        Check.that(ours.values().size() <= 8, "no more than eight values");
        if (ours.complete() && simple.size() <= 8) {
            Check.same(new LinkedHashSet<>(ours.values()), simple, "a simple reader");
            Set<String> tomcat = tomcat(lines);
            Check.that(
                    stripped(simple).containsAll(tomcat) || hasBlankBeforeEquals(lines),
                    "Tomcat finds more: " + tomcat);
            simple.removeIf(value -> !isInTheGrammar(value));
            Check.that(tomcat.containsAll(simple) || !isInTheGrammar(lines), "Tomcat finds only " + tomcat);
        }
        boolean isClear = ours.complete() && ours.values().size() < 2;
        Check.same(ours.one().toOptional().isPresent(), isClear, "one");
        Presented presented = CARRIER.read(new Headers("Cookie", lines));
        Check.that(isClear || presented.isFlawed(), "what is not clear is rejected");
    }

    /** Section 5.2 of RFC 6265 without its bounds: parts between semicolons, without the blanks around them. */
    private static Set<String> simply(List<String> lines) {
        Set<String> values = new LinkedHashSet<>();
        for (String line : lines) {
            for (String part : line.split(";", -1)) {
                String pair = part.replaceAll("^[ \t]+|[ \t]+\\z", "");
                if (pair.startsWith(NAME + "=")) {
                    values.add(pair.substring(NAME.length() + 1).replaceAll("(?s)^\"(.*)\"\\z", "$1"));
                }
            }
        }
        values.remove("");
        return values;
    }

    /** Tomcat takes blanks away that stand around a value, which no browser sends. */
    private static Set<String> stripped(Set<String> values) {
        return values.stream()
                .map(value -> value.replaceAll("^[ \t]+|[ \t]+\\z", ""))
                .map(value -> value.replaceAll("(?s)^\"(.*)\"\\z", "$1"))
                .collect(Collectors.toSet());
    }

    /** To Tomcat such a name is ours. No browser sends one, and to us it is another name. */
    private static boolean hasBlankBeforeEquals(List<String> lines) {
        return lines.stream().anyMatch(line -> line.matches("(?s).*" + NAME + "[ \t]+=.*"));
    }

    private static Set<String> tomcat(List<String> lines) {
        MimeHeaders headers = new MimeHeaders();
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            headers.addValue("Cookie").setBytes(bytes, 0, bytes.length);
        }
        ServerCookies cookies = new ServerCookies(4);
        cookies.setLimit(-1);
        TOMCAT.parseCookieHeader(headers, cookies);
        Set<String> values = new LinkedHashSet<>();
        for (int i = 0; i < cookies.getCookieCount(); i++) {
            if (cookies.getCookie(i).getName().toString().equals(NAME)) {
                String value = cookies.getCookie(i).getValue().toString();
                values.add(value.replaceAll("(?s)^\"(.*)\"\\z", "$1"));
            }
        }
        values.remove("");
        return values;
    }

    private static boolean isInTheGrammar(String value) {
        return value.matches("[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]+");
    }

    private static boolean isInTheGrammar(List<String> lines) {
        return lines.stream()
                .allMatch(line -> line.matches("[ \t]*(?:[\\w!#$%&'*+.^`|~-]+=[!#-+\\--:<-\\[\\]-~]*(?:; |$))+"));
    }
}
