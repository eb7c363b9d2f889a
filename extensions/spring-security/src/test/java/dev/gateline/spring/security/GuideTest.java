package dev.gateline.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide compiles. */
@Tag("slow")
class GuideTest {
    private static final Path PAGE = Path.of("../../docs/guide/spring-security.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final String IMPORTS = """
            package park;

            import dev.gateline.Login;
            import dev.gateline.spring.security.*;
            import jakarta.servlet.DispatcherType;
            import java.util.List;
            import org.springframework.context.annotation.*;
            import org.springframework.security.config.Customizer;
            import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
            import org.springframework.security.config.annotation.web.builders.HttpSecurity;
            import org.springframework.security.web.SecurityFilterChain;

            """;

    @TempDir
    Path folder;

    @Test
    void code_ofThePage_compiles() throws IOException {
        List<String> snippets = JAVA.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(snippets).hasSize(2);
        for (String snippet : snippets) {
            assertThat(compile(snippet)).as(snippet).isEmpty();
        }
    }

    /** Compiles a snippet; returns what the compiler says against it. */
    private String compile(String snippet) throws IOException {
        Path file = Files.writeString(folder.resolve("Snippet.java"), IMPORTS + snippet);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        boolean ok = compiler.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        return ok ? "" : "does not compile: " + said;
    }
}
