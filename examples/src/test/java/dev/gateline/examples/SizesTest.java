package dev.gateline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sizes of what users get, as CONTRIBUTING.md names them. */
class SizesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 40;
    private static final int LINES_OF_AN_EXAMPLE = 120;

    private static List<Path> published() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String place : List.of("auth-core", "auth-jwt", "auth-session", "extensions")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(place))) {
                files.filter(file -> file.toString().contains("/src/main/java/"))
                        .filter(file -> file.toString().endsWith(".java"))
                        .forEach(all::add);
            }
        }
        return all;
    }

    @Test
    void files_lines_areAtMostAsManyAsAReaderCanKeepInMind() throws IOException {
        List<Path> files = published();

        assertThat(files).hasSizeGreaterThan(100);
        for (Path file : files) {
            try (Stream<String> lines = Files.lines(file)) {
                assertThat(lines.count()).as(file.toString()).isLessThanOrEqualTo(LONGEST_FILE);
            }
        }
    }

    @Test
    void methods_lines_areAtMostAPage() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Collection<Path> published = published();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(published));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<String> tooLong = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Methods(unit, positions, tooLong).scan(unit, null);
            }
            assertThat(tooLong).isEmpty();
        }
    }

    /** So many that a reader sees in a minute what is Gateline's and what is the framework's. */
    @Test
    void examples_lines_areFew() throws IOException {
        List<Path> modules = examples();

        assertThat(modules).isNotEmpty();
        for (Path module : modules) {
            assertThat(code(module)).as(module.toString()).isLessThan(LINES_OF_AN_EXAMPLE);
        }
    }

    private static List<Path> examples() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("examples"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("README.md")))
                    .toList();
        }
    }

    /** Lines without imports, comments and blank ones. */
    private static long code(Path module) throws IOException {
        long count = 0;
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    count += lines.map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.matches("(?s)(import |package |/\\*|\\*|//).*"))
                            .count();
                }
            }
        }
        return count;
    }

    private static final class Methods extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> tooLong;

        Methods(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
            this.unit = unit;
            this.positions = positions;
            this.tooLong = tooLong;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            LineMap lines = unit.getLineMap();
            long length = lines.getLineNumber(positions.getEndPosition(unit, method))
                    - lines.getLineNumber(positions.getStartPosition(unit, method))
                    + 1;
            if (length > LONGEST_METHOD) {
                tooLong.add(unit.getSourceFile().getName() + ": " + method.getName() + ", " + length + " lines");
            }
            return super.visitMethod(method, null);
        }
    }
}
