package dev.gateline.examples.parkgate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML with places like <code>{name}</code>. Inserted texts are escaped, unless they are {@link Html}. Immutable. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private final String text;

    private Template(String text) {
        this.text = text;
    }

    static Template load(String resource) {
        return new Template(read(resource));
    }

    /** A file that lies beside this class. */
    static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Html fill(Map<String, ?> values) {
        return new Html(
                PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(markup(values, place.group(1)))));
    }

    private static String markup(Map<String, ?> values, String name) {
        Object value = Objects.requireNonNull(values.get(name), name);
        return (value instanceof Html html ? html : Html.escape(value.toString())).markup();
    }
}
