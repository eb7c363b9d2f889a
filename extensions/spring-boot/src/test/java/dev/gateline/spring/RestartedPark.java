package dev.gateline.spring;

import dev.gateline.Authenticator;
import dev.gateline.Login;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.ConfigurableApplicationContext;

/** A program that DevTools restarts five times. It prints what is left of the earlier runs then, and ends. */
@SpringBootConfiguration
@EnableAutoConfiguration
class RestartedPark {
    private static final int RESTARTS = 5;

    /** This program's own one, and those that the JDK has once in each program. */
    private static final Set<String> OTHERS = Set.of("park", "DestroyJavaVM", "CompletableFutureDelayScheduler");

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private RestartedPark() {}

    /**
     * The objects that outlive a restart. They are of the JDK's types, and of no class that is loaded anew.
     *
     * @param loader of each run
     * @param threads of the first run, by their names without numbers
     */
    @SuppressWarnings("unchecked")
    private record Runs(List<WeakReference<ClassLoader>> loader, List<String> threads) {
        static Runs ofThisProgram() {
            List<Object> kept = (List<Object>) System.getProperties()
                    .computeIfAbsent("park.runs", any -> List.of(new ArrayList<>(), new ArrayList<>()));
            return new Runs((List<WeakReference<ClassLoader>>) kept.get(0), (List<String>) kept.get(1));
        }

        /**
         * The numbers of the runs whose class loaders are still there. The first run does not count: what the JDK and
         * Tomcat make once in each program keeps its class loader.
         */
        List<Integer> alive() {
            return IntStream.range(1, loader.size())
                    .filter(run -> loader.get(run).get() != null)
                    .boxed()
                    .toList();
        }
    }

    public static void main(String... args) {
        ConfigurableApplicationContext context = SpringApplication.run(RestartedPark.class, args);
        for (Authenticator gate : context.getBeansOfType(Authenticator.class).values()) {
            gate.authenticate(gate.login(Login.of("ada")).access());
        }
        Runs runs = Runs.ofThisProgram();
        runs.loader().add(new WeakReference<>(RestartedPark.class.getClassLoader()));
        if (runs.loader().size() == 1) {
            runs.threads().addAll(threads());
        }
        Runnable next = runs.loader().size() <= RESTARTS ? Restarter.getInstance()::restart : () -> report(runs);
        new Thread(next, "park").start();
    }

    private static void report(Runs runs) {
        long began = System.nanoTime();
        while ((runs.alive().size() > 1 || !more(runs).isEmpty()) && System.nanoTime() - began < PATIENCE_NANOS) {
            System.gc();
            LockSupport.parkNanos(1_000_000);
        }
        System.out.println("class loaders of the runs " + runs.alive() + ", more threads " + more(runs));
        Runtime.getRuntime().halt(0);
    }

    /** The names of threads of which there are more than in the first run. */
    private static List<String> more(Runs runs) {
        List<String> more = new ArrayList<>(threads());
        runs.threads().forEach(more::remove);
        return more;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("[0-9]+", "#"))
                .filter(name -> !OTHERS.contains(name))
                .toList();
    }
}
