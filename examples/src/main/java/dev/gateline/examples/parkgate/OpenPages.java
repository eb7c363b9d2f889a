package dev.gateline.examples.parkgate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.gateline.Activity;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Requirement;
import dev.gateline.Verifier.Listening;
import dev.gateline.http.HttpAuth;
import dev.gateline.jdkhttp.JdkHttpAuth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Pages that are open learn at once that their login has ended, wherever it was ended. Each has a request here whose
 * answer's headers come at once, and whose body comes to its end with the login. It ends after a while, too, so that a
 * page whose browser is gone is forgotten. Whenever it has ended, the page asks again, and finds out whether its login
 * is over: a step-up ends streams as well. Such a request holds a connection and no thread, and puts off no idle
 * timeout. Thread-safe.
 */
final class OpenPages implements AutoCloseable {
    /** Where pages ask, with the id of the login that they were made for. */
    static final String PATH = "/login-end";

    /** The body of an answer to a page whose login is not the browser's any more. */
    static final String ENDED = "ended";

    /** Tells a page that the login has ended or was proved again. The page asks again to learn which. */
    static final String CHANGED = "changed";

    private static final String ASK_AGAIN = "";
    private static final String RETRY_AFTER_SECONDS = "15";

    private final HttpAuth auth;
    private final Limits limits;
    private final Semaphore places;

    /** The oldest comes first. */
    private final Queue<OpenPage> pages = new ConcurrentLinkedQueue<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "open-pages");
        thread.setDaemon(true);
        return thread;
    });
    private final Listening listening;

    /**
     * How much there may be.
     *
     * @param longest how long a request stays open; below the server's own limit for an answer
     * @param most requests that are open at once; further ones are asked to come back later
     * @param mostOfALogin the same for each login; a further one takes the place of the oldest
     */
    record Limits(Duration longest, int most, int mostOfALogin) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(20), 1_000, 8);
    }

    private record OpenPage(HttpExchange exchange, Identity who) {
        boolean isOf(LoginId login) {
            return who.loginId().equals(login);
        }

        void close(String word) {
            try (exchange) {
                exchange.getResponseBody().write(word.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // nobody is there any more
            }
        }
    }

    OpenPages(HttpAuth auth, Limits limits) {
        this.auth = auth;
        this.limits = limits;
        places = new Semaphore(limits.most());
        listening = auth.onEnded(this::hear);
    }

    /**
     * Answers the requests of open pages whose login is live, and refuses the others. They are posts, because those are
     * let in from the host's own pages only: else a page of another site could take the places of a user's own.
     */
    HttpHandler handler() {
        JdkHttpAuth gate = new JdkHttpAuth(auth);
        HttpHandler secured = gate.secured(Requirement.none(), Activity.BACKGROUND, this::open);
        return exchange -> {
            Reply.prepare(exchange);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("POST")) {
                secured.handle(exchange);
            } else {
                new Reply(405, Map.of("Allow", "POST"), "").send(exchange);
            }
        };
    }

    private void open(HttpExchange exchange, Identity who) throws IOException {
        if (!places.tryAcquire()) {
            new Reply(503, Map.of("Retry-After", RETRY_AFTER_SECONDS), "").send(exchange);
            return;
        }
        OpenPage page = new OpenPage(exchange, who);
        try {
            sendHeaders(exchange);
        } catch (IOException e) {
            places.release();
            throw e;
        }
        pages.add(page);
        if (new Call(exchange).query("login").equals(who.loginId().value())) {
            keep(page);
        } else {
            // the browser has logged in anew since the page was made
            end(page, ENDED);
        }
    }

    private static void sendHeaders(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=us-ascii");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
    }

    /** A login that ended before its page was among those that hear of it is found out by the recheck. */
    private void keep(OpenPage page) {
        var unused = timer.schedule(() -> end(page, ASK_AGAIN), limits.longest().toNanos(), TimeUnit.NANOSECONDS);
        List<OpenPage> ofLogin =
                pages.stream().filter(each -> each.isOf(page.who().loginId())).toList();
        ofLogin.stream()
                .limit(Math.max(0, ofLogin.size() - limits.mostOfALogin()))
                .forEach(oldest -> end(oldest, ASK_AGAIN));
        recheck(page);
    }

    /** After a gap this may concern all pages: those whose login is live stay open. */
    void hear(Ending ending) {
        pages.stream().filter(page -> ending.mayConcern(page.who())).forEach(this::recheck);
    }

    private void recheck(OpenPage page) {
        try {
            if (auth.recheck(page.who(), Requirement.none()).rejection().isPresent()) {
                end(page, CHANGED);
            }
        } catch (AuthUnavailableException e) {
            end(page, ASK_AGAIN);
        }
    }

    /** The thread that removes a page also closes it, so that each page is closed once. */
    private void end(OpenPage page, String word) {
        if (pages.remove(page)) {
            places.release();
            page.close(word);
        }
    }

    /** How many requests are open. */
    int size() {
        return pages.size();
    }

    /** Ends all requests, which are not told why. */
    @Override
    public void close() {
        listening.close();
        timer.shutdownNow();
        pages.forEach(page -> end(page, ASK_AGAIN));
    }
}
