package dev.gateline.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide compiles; other pages are compiled where no Micronaut is. */
@Tag("slow")
class GuideTest {
    private static final Path PAGE = Path.of("../../docs/guide/micronaut.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final String SURROUNDINGS = """
            import dev.gateline.*;
            import dev.gateline.http.*;
            import dev.gateline.micronaut.*;
            import dev.gateline.session.*;
            import dev.gateline.store.*;
            import io.micronaut.context.annotation.*;
            import io.micronaut.core.annotation.Nullable;
            import io.micronaut.core.order.Ordered;
            import io.micronaut.http.HttpRequest;
            import io.micronaut.http.HttpResponse;
            import io.micronaut.http.annotation.*;
            import io.micronaut.http.filter.ServerFilterPhase;
            import io.micronaut.web.router.RouteAttributes;
            import jakarta.annotation.security.*;
            import jakarta.inject.Singleton;
            import java.util.Optional;
            import java.util.Set;
            import java.util.concurrent.CompletionStage;

            <snippet>
            """;

    @TempDir
    Path folder;

    @Test
    void code_ofThePage_compiles() throws IOException {
        List<String> snippets = JAVA.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(snippets).hasSize(4);
        for (String snippet : snippets) {
            assertThat(compile(SURROUNDINGS.replace("<snippet>", snippet)))
                    .as(snippet)
                    .isEmpty();
        }
    }

    /** Compiles a class; returns the compiler's errors. */
    private String compile(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Fragment.java"), source);
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
