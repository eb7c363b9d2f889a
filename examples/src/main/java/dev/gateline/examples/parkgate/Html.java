package dev.gateline.examples.parkgate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Text that is markup already.
 *
 * @param markup well-formed, with all that is not ours escaped
 */
record Html(String markup) {
    static final Html NOTHING = new Html("");

    /** Text of any content, in a form that is safe between tags and in quoted attributes. */
    static Html escape(String text) {
        return new Html(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
    }

    static Html join(List<Html> parts) {
        return new Html(parts.stream().map(Html::markup).collect(Collectors.joining()));
    }
}
