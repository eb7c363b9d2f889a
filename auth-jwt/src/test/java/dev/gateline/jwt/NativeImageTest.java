package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The classes that jjwt loads by name are in the reachability metadata, for GraalVM's native images. */
@Tag("slow")
class NativeImageTest {
    private static final String METADATA = "/META-INF/native-image/dev.gateline/auth-jwt/reachability-metadata.json";

    /** Knows what is asked of it by name: jjwt asks the loader of the thread first. */
    private static final class Recorder extends ClassLoader {
        private final Set<String> asked = new ConcurrentSkipListSet<>();

        Recorder(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> found = super.loadClass(name, resolve);
            asked.add(name);
            return found;
        }
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    /** In a loader of its own, where nothing has been initialized yet. */
    private static Set<String> askedByName() throws Exception {
        URL[] classPath = Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .map(NativeImageTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader apart = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Recorder recorder = new Recorder(apart);
            Runnable uses = (Runnable) apart.loadClass(EveryUse.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(recorder);
            try {
                uses.run();
            } finally {
                thread.setContextClassLoader(before);
            }
            return recorder.asked;
        }
    }

    private static Set<String> listed() throws IOException {
        Set<String> types = new TreeSet<>();
        try (InputStream in = Objects.requireNonNull(NativeImageTest.class.getResourceAsStream(METADATA))) {
            for (JsonNode entry : new ObjectMapper().readTree(in).get("reflection")) {
                types.add(entry.get("type").asText());
            }
        }
        return types;
    }

    @Test
    void metadata_classesThatAreLoadedByName_areListed() throws Exception {
        Set<String> asked = askedByName();

        assertThat(asked).hasSizeGreaterThan(5);
        assertThat(listed()).containsAll(asked);
    }

    @Test
    void metadata_classesThatAreListed_areThere() throws Exception {
        for (String type : listed()) {
            assertThatCode(() -> Class.forName(type)).as(type).doesNotThrowAnyException();
        }
    }
}
