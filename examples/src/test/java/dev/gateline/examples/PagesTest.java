package dev.gateline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the documentation are short and plain, and their links lead to places that exist. */
class PagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern GENERATED = Pattern.compile("<!-- [\\w-]+ -->.*?<!-- end -->", Pattern.DOTALL);
    private static final Set<String> LONG = Set.of("performance.md", "CHANGELOG.md");

    /** Such as "What a store forgets comes back." at the beginning of a sentence, an entry or a cell. */
    private static final Pattern SUBJECT_CLAUSE =
            Pattern.compile("(?:^ *|\n\n *|[-|*] |\\d\\. |[.:;!?]\\*{0,2}\\s+|\\*\\*)"
                    + "(?:What|Whatever|Who|Whoever|The same of)\\b[^.?!|]*[.!|]");

    private static final Pattern COMMENT = Pattern.compile("(?ms)/\\*\\*.*?\\*/|(?:^ *//[^\n]*\n)+");
    private static final Pattern COMMENT_CLAUSE = Pattern.compile(
            "(?:^/\\*\\* *|^ *// *|[.:;] +|@\\w+ (?:\\w+ )?|<p> *)(?:What|Whatever|Whoever|Who) [a-z][^.?]*\\.");

    private static final Pattern NOT_WRAPPED = Pattern.compile("^(\\||!\\[)");

    @Test
    void links_toFilesAndHeadings_leadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(prose(page));
            while (link.find()) {
                if (!link.group(1).contains("://") && !exists(page, link.group(1))) {
                    broken.add(ROOT.relativize(page) + ": " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void lines_outsideOfTablesAndCode_haveAtMost120Columns() throws IOException {
        for (Path page : pages()) {
            assertThat(prose(page).lines())
                    .as(page.toString())
                    .noneMatch(line ->
                            line.length() > 120 && !NOT_WRAPPED.matcher(line).find());
        }
    }

    @Test
    void lines_ofJava_haveAtMost120Columns() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path source : files(".java")) {
            Files.readAllLines(source).stream()
                    .filter(line -> line.length() > 120)
                    .forEach(line -> wide.add(ROOT.relativize(source) + ": " + line));
        }

        assertThat(wide).isEmpty();
    }

    /** A page that is longer is split by subject. The page of figures is made by a program, and CHANGELOG is a list. */
    @Test
    void pages_always_haveAtMost220Lines() throws IOException {
        for (Path page : pages()) {
            if (!LONG.contains(page.getFileName().toString())) {
                assertThat(Files.readAllLines(page)).as(page.toString()).hasSizeLessThanOrEqualTo(220);
            }
        }
    }

    /** A sentence names its subject, for readers whose first language is not English. */
    @Test
    void sentences_thatAreNoQuestions_beginWithTheirSubject() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path page : pages()) {
            Matcher sentence = SUBJECT_CLAUSE.matcher(prose(page).replaceAll("(?m)^#.*$", "\n"));
            while (sentence.find()) {
                found.add(ROOT.relativize(page) + ": " + sentence.group().strip());
            }
        }

        assertThat(found).isEmpty();
    }

    /** Comments follow the rule too. */
    @Test
    void comments_sentencesThatAreNoQuestions_beginWithTheirSubject() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : files(".java")) {
            Matcher comment = COMMENT.matcher(Files.readString(source));
            while (comment.find()) {
                String text = comment.group().replaceAll("\\n\\s*(\\*|//)? ?", " ");
                Matcher sentence = COMMENT_CLAUSE.matcher(text);
                if (sentence.find()) {
                    found.add(source.getFileName() + ": " + sentence.group().strip());
                }
            }
        }

        assertThat(found).isEmpty();
    }

    private static boolean exists(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || headings(target).contains(parts[1]));
    }

    /** The names by which the headings of a page can be linked to. */
    private static List<String> headings(Path page) throws IOException {
        return prose(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .toList();
    }

    private static String prose(Path page) throws IOException {
        String text = CODE.matcher(Files.readString(page)).replaceAll("");
        return GENERATED.matcher(text).replaceAll("");
    }

    private static List<Path> pages() throws IOException {
        return files(".md");
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .sorted()
                    .toList();
        }
    }
}
