package dev.gateline.applications;

import dev.gateline.applications.Load.Measured;
import dev.gateline.servers.RedisServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running contender, with a Redis of its own, whose commands are then nobody else's. Not thread-safe. */
final class Candidate implements AutoCloseable {
    private static final Pattern COUNT = Pattern.compile("(?m)^cmdstat_([^:]+):calls=(\\d+),");

    private final Contender contender;
    private final int logins;
    private final RedisServer redis = RedisServer.start(RedisServer.Version.V7);
    private final Application application;
    private final List<byte[]> requests = new ArrayList<>();

    /** Starts one, and waits until it answers. */
    Candidate(Contender contender, int logins) {
        this.contender = contender;
        this.logins = logins;
        List<String> settings = new ArrayList<>(contender.settings());
        // Tomcat closes a connection after a hundred requests otherwise
        settings.add("--server.tomcat.max-keep-alive-requests=-1");
        // a busy machine may take seconds for an answer, and no figure depends on that
        settings.add("--gateline.redis.timeout=20s");
        settings.add("--spring.data.redis.timeout=20s");
        application = Application.start(contender.program(), redis, settings).ready();
    }

    Contender contender() {
        return contender;
    }

    /** Logs all users in, if none is logged in or their logins live for minutes only. */
    void logIn() {
        if (!requests.isEmpty() && !contender.hasTokens()) {
            return;
        }
        requests.clear();
        for (int i = 0; i < logins; i++) {
            requests.add(request("user-" + i));
        }
    }

    private byte[] request(String name) {
        String login = "";
        if (contender.hasTokens()) {
            login = "Authorization: Bearer " + new Browser(application).token(name) + "\r\n";
        } else if (contender != Contender.NOTHING) {
            Browser browser = new Browser(application);
            browser.login(name, Users.PASSWORD);
            HttpResponse<String> page = browser.get("/me");
            if (!page.body().equals("hello " + name)) {
                throw new IllegalStateException(contender + " has answered " + page + " " + application.said());
            }
            login = "Cookie: " + browser.cookies() + "\r\n";
        }
        return ("GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n" + login + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Lets the connections ask for a page for a while. */
    Round measure(int connections, Duration span) throws IOException {
        Map<String, Long> commands = commands();
        Duration server = application.processorTime();
        double store = redisSeconds();
        Measured measured = Load.run(application.port(), requests, connections, span);
        double answered = Math.max(1, measured.answered());
        Map<String, Double> perRequest = new TreeMap<>();
        commands().forEach((name, count) -> {
            double times = count - commands.getOrDefault(name, 0L);
            if (times > 0) {
                perRequest.put(name, Round.rounded(times / answered));
            }
        });
        return new Round(
                Round.rounded(measured.perSecond()),
                Round.rounded(measured.quantile(0.5)),
                Round.rounded(measured.quantile(0.99)),
                Round.rounded(application.processorTime().minus(server).toNanos() / 1e3 / answered),
                Round.rounded((redisSeconds() - store) * 1e6 / answered),
                Round.rounded(measured.processor().toNanos() / 1e3 / answered),
                perRequest);
    }

    /** How often each command was given to Redis. */
    private Map<String, Long> commands() {
        return commands(redis.ask("INFO", "commandstats"));
    }

    /** The counts in an answer to {@code INFO commandstats}, but for that question itself. */
    static Map<String, Long> commands(String info) {
        Map<String, Long> commands = new TreeMap<>();
        Matcher line = COUNT.matcher(info);
        while (line.find()) {
            if (!line.group(1).equals("info")) {
                commands.put(line.group(1), Long.valueOf(line.group(2)));
            }
        }
        return commands;
    }

    private double redisSeconds() {
        return redis.ask("INFO", "cpu")
                .lines()
                .filter(line -> line.matches("used_cpu_(sys|user):.*"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    @Override
    public void close() {
        application.close();
        redis.close();
    }
}
