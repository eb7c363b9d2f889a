package dev.gateline.applications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation, whose text between {@code <!-- name -->} and {@code <!-- end -->} is made here. */
final class Page {
    private static final Pattern PART = Pattern.compile("(?s)<!-- ([a-z]+) -->\n.*?<!-- end -->");

    private Page() {}

    /** Replaces the parts of a page, or writes a page of nothing else. */
    static void write(Path page, Map<String, String> parts) throws IOException {
        String text = Files.exists(page)
                ? Files.readString(page)
                : parts.keySet().stream()
                        .map(name -> "<!-- " + name + " -->\n<!-- end -->\n")
                        .collect(Collectors.joining("\n"));
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.writeString(page, filled(text, parts));
    }

    private static String filled(String text, Map<String, String> parts) {
        Matcher part = PART.matcher(text);
        return part.replaceAll(found -> Matcher.quoteReplacement("<!-- " + found.group(1) + " -->\n"
                + parts.getOrDefault(found.group(1), "no such part\n") + "<!-- end -->"));
    }

    static String table(List<String> head, Stream<List<String>> lines) {
        String rule = head.stream().map(cell -> "---").collect(Collectors.joining("|", "|", "|\n"));
        return line(head) + rule + lines.map(Page::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
