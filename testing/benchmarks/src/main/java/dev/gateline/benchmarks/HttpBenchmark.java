package dev.gateline.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.Credential;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jdkhttp.JdkHttpAuth;
import dev.gateline.jwt.Algorithm;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A whole request over a kept connection to the JDK's server, whose handler asks who it is and answers with a few
 * bytes, and how long the handler asks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// a request is slow, and the compiler waits for thousands
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
// without it the JDK's server waits for the client's acknowledgement, some 40 ms
@Fork(value = 1, jvmArgsAppend = "-Dsun.net.httpserver.nodelay=true")
public class HttpBenchmark {
    private static final String BEARER = "Bearer ";

    /** Before the first request, as requests are too slow to warm what is behind them. */
    private static final int WARM = Run.isShort() ? 10 : 20_000;

    /**
     * The library that is asked: none, one of {@link TokenLibrary} for an RS256 token, one of {@link SessionLibrary},
     * or Gateline's session in memory by way of its own adapter, with carriers and guard.
     */
    @Param({
        "nobody",
        "adapter GATELINE",
        "session GATELINE",
        "session SPRING_MAP",
        "session SHIRO",
        "session SA_TOKEN",
        "session GATELINE_REDIS",
        "session GATELINE_REDIS_STRICT",
        "session SPRING_REDIS",
        "session GATELINE_POSTGRESQL",
        "session GATELINE_POSTGRESQL_STRICT",
        "session SPRING_JDBC",
        "token GATELINE_SEEN",
        "token GATELINE",
        "token JJWT",
        "token NIMBUS",
        "token SPRING_SECURITY",
        "token JAVA_JWT",
        "token JOSE4J",
        "token FUSIONAUTH"
    })
    public String asked = "nobody";

    private final Place place = new Place();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://localhost")).build();
    private volatile long asking;

    /** Finds who presents this. */
    private interface Door {
        Object who(String credential) throws Exception;
    }

    /** How many requests there were, and how many nanoseconds their handlers took to find out who sent them. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Share {
        /** Requests. */
        public long requests;
        /** Of all of them together. */
        public long nanoseconds;

        /** For JMH. */
        public Share() {}
    }

    /** For JMH. */
    public HttpBenchmark() {}

    /** Starts the server. */
    @Setup
    public void open(Blackhole hole) throws Exception {
        String[] words = asked.split(" ", -1);
        switch (words[0]) {
            case "token" -> {
                Sample sample = new Sample(Algorithm.RS256);
                warm(TokenLibrary.valueOf(words[1]), hole);
                serve(behind(TokenLibrary.valueOf(words[1]).reader(sample)::read), sample.token());
            }
            case "session" -> {
                SessionLibrary library = SessionLibrary.valueOf(words[1]);
                SessionLibrary.Sessions sessions = library.open(place);
                String id = sessions.begin(1);
                for (int i = 0; !library.hasServer() && i < WARM; i++) {
                    hole.consume(sessions.find(id));
                }
                serve(behind(sessions::find), id);
            }
            case "adapter" -> {
                SessionAuthenticator gate =
                        SessionAuthenticator.builder(Storage.inMemory(1)).build();
                Credential id = gate.login(Sample.user(1)).access();
                serve(behind(gate), id.reveal());
            }
            default -> serve(behind(text -> text), "none");
        }
    }

    private static void warm(TokenLibrary library, Blackhole hole) throws Exception {
        Sample sample = new Sample(Algorithm.HS256);
        TokenLibrary.Reader reader = library.reader(sample);
        for (int i = 0; i < WARM; i++) {
            hole.consume(reader.read(sample.token()));
        }
    }

    private void serve(HttpHandler handler, String credential) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        place.closing(threads::shutdownNow);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.setExecutor(threads);
        server.start();
        place.closing(() -> server.stop(0));
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        request = HttpRequest.newBuilder(
                        URI.create("http://" + host + ":" + server.getAddress().getPort() + "/"))
                .header("Authorization", BEARER + credential)
                .build();
    }

    private HttpHandler behind(Door door) {
        return exchange -> {
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            int status = 200;
            long begun = System.nanoTime();
            try {
                door.who(header.substring(BEARER.length()));
            } catch (Exception e) {
                status = 500;
            }
            asking = System.nanoTime() - begun;
            answer(exchange, status);
        };
    }

    private HttpHandler behind(SessionAuthenticator gate) {
        HttpAuth auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .lane(BearerCarrier.create(), gate)
                .origin("https://park.example")
                .build();
        long[] begun = new long[1];
        HttpHandler secured = new JdkHttpAuth(auth).secured((exchange, identity) -> {
            asking = System.nanoTime() - begun[0];
            answer(exchange, 200);
        });
        return exchange -> {
            begun[0] = System.nanoTime();
            secured.handle(exchange);
        };
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        byte[] body = "welcome".getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Stops it. */
    @TearDown
    public void close() throws Exception {
        place.close();
    }

    /** One request. */
    @Benchmark
    public int get(Share share) throws InterruptedException {
        try {
            int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("answered " + status);
            }
            share.requests++;
            share.nanoseconds += asking;
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
