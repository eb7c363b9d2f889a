package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that DevTools or a container starts anew, each time with a class loader of its own. */
@Tag("slow")
@Tag("once")
class RestartsTest {
    private static final int RESTARTS = 2;

    /** Loads {@link Pages} and what belongs to it itself, as the loaders of restarts do with what is edited. */
    private static final class Edited extends ClassLoader {
        Edited() {
            super(RestartsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("dev.gateline.")) {
                    loaded = define(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"both, memory", "both, jdbc", "both, redis"})
    void restart_always_leavesNoThreadAndNoClassLoader(String strategy, String store) throws Exception {
        String[] properties = {
            "gateline.origins=https://park.example",
            "gateline.strategy=" + strategy,
            "gateline.store=" + store,
            "gateline.jwt.issuer=https://park.example",
            "gateline.jwt.audience=park",
            "spring.datasource.url=jdbc:h2:mem:restarts",
            "gateline.redis.uri=" + RedisServer.shared(RedisServer.Version.V7).uri(),
            Pages.PUBLIC
        };
        run(new Edited(), properties);
        Set<Thread> before = threads();

        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < RESTARTS; i++) {
            loaders.add(restarted(properties));
        }
        run(new Edited(), properties);

        Await.until("no thread more than before", () -> before.containsAll(threads()));
        Await.until("no class loader of before", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
        assertThat(loaders).hasSize(RESTARTS);
    }

    private static WeakReference<ClassLoader> restarted(String... properties) throws Exception {
        Edited loader = new Edited();
        run(loader, properties);
        return new WeakReference<>(loader);
    }

    private static void run(ClassLoader loader, String... properties) throws Exception {
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try (Server server = Server.start(loader.loadClass(Pages.class.getName()), properties)) {
            String token = Client.login(server);
            assertThat(Client.send(server, "GET", "/me", token).body()).isEqualTo("ada");
        } finally {
            Thread.currentThread().setContextClassLoader(usual);
        }
    }

    /** Those of the test's own HTTP client and of the JVM aside. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("HttpClient"))
                .filter(thread -> !thread.getName().startsWith("Cleaner"))
                .collect(Collectors.toSet());
    }
}
