package dev.gateline.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.jwt.Algorithm;
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

/** A whole request over a kept connection to the JDK's server, whose handler asks who it is and answers with a few bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// a request is slow, and the compiler waits for thousands
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
// without it the JDK's server waits for the client's acknowledgement, some 40 ms
@Fork(value = 1, jvmArgsAppend = "-Dsun.net.httpserver.nodelay=true")
public class HttpBenchmark {
    private static final String BEARER = "Bearer ";

    /** Who is asked: nobody, one of {@link TokenLibrary} for an RS256 token, or one of {@link SessionLibrary}. */
    @Param({
        "nobody",
        "token GATELINE_SEEN",
        "token GATELINE",
        "token SPRING_SECURITY",
        "session GATELINE",
        "session SPRING_MAP",
        "session GATELINE_REDIS",
        "session GATELINE_REDIS_STRICT",
        "session SPRING_REDIS",
        "session GATELINE_POSTGRESQL",
        "session GATELINE_POSTGRESQL_STRICT",
        "session SPRING_JDBC"
    })
    public String asked = "nobody";

    private final Place place = new Place();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://localhost")).build();

    /** Finds who presents this. */
    private interface Door {
        Object who(String credential) throws Exception;
    }

    /** For JMH. */
    public HttpBenchmark() {}

    /** Starts the server. */
    @Setup
    public void open() throws Exception {
        String[] words = asked.split(" ", -1);
        String credential = "none";
        Door door = text -> text;
        if (words[0].equals("token")) {
            Sample sample = new Sample(Algorithm.RS256);
            credential = sample.token();
            door = TokenLibrary.valueOf(words[1]).reader(sample)::read;
        } else if (words[0].equals("session")) {
            SessionLibrary.Sessions sessions = SessionLibrary.valueOf(words[1]).open(place);
            credential = sessions.begin(1);
            door = sessions::find;
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        place.closing(threads::shutdownNow);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Door asking = door;
        server.createContext("/", exchange -> answer(exchange, asking));
        server.setExecutor(threads);
        server.start();
        place.closing(() -> server.stop(0));
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        request = HttpRequest.newBuilder(
                        URI.create("http://" + host + ":" + server.getAddress().getPort() + "/"))
                .header("Authorization", BEARER + credential)
                .build();
    }

    private static void answer(HttpExchange exchange, Door door) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        int status = 200;
        try {
            door.who(header.substring(BEARER.length()));
        } catch (Exception e) {
            status = 500;
        }
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
    public int get() throws InterruptedException {
        try {
            int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("answered " + status);
            }
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
