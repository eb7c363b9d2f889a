package dev.gateline.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A copy of a request, and the header lines for the response to it, which are collected until the server sends the
 * response. For adapters to servers whose requests belong to one thread, while Gateline answers on another, and to
 * frameworks that build the response last. Thread-safe.
 */
public final class CollectedExchange implements Exchange {
    private final String method;
    private final String path;
    private final String target;
    private final String remoteAddress;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Line> lines = new ArrayList<>();
    private boolean delivered;

    private record Line(String name, String value) {}

    CollectedExchange(CollectedExchangeBuilder builder) {
        method = builder.method();
        path = builder.path();
        target = builder.target();
        remoteAddress = builder.remoteAddress();
        builder.headers().forEach((name, values) -> headers.put(name, List.copyOf(values)));
    }

    /**
     * Starts a copy.
     *
     * @param method as of {@link Exchange#method()}
     * @param path as of {@link Exchange#path()}
     */
    public static CollectedExchangeBuilder of(String method, String path) {
        return new CollectedExchangeBuilder(method, path);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    /**
     * Collects a line.
     *
     * @throws IllegalStateException if the lines have been delivered. A login whose response went out meanwhile, after
     *     a timeout for instance, is taken back then, because its client never hears of it
     */
    @Override
    public synchronized void addHeader(String name, String value) {
        if (delivered) {
            throw new IllegalStateException("the response's headers have been sent: " + name + " comes too late");
        }
        lines.add(new Line(name, value));
    }

    @Override
    public synchronized boolean isCommitted() {
        return delivered;
    }

    /**
     * Hands the collected lines to the response, in order. The adapter calls it once the response is complete but for
     * them, for successes and errors alike. A second call hands over nothing.
     *
     * @param response adds a line, by name and value
     */
    public void deliver(BiConsumer<String, String> response) {
        taken().forEach(line -> response.accept(line.name(), line.value()));
    }

    private synchronized List<Line> taken() {
        List<Line> taken = delivered ? List.of() : List.copyOf(lines);
        delivered = true;
        return taken;
    }
}
