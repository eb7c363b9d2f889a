package dev.gateline.http;

import java.util.ArrayList;
import java.util.List;

/** A request made by hand, and the headers that it was answered with. */
final class FakeExchange implements Exchange {
    private final String method;
    private final String path;
    private final List<String[]> headers = new ArrayList<>();
    final List<String> added = new ArrayList<>();
    boolean committed;
    boolean failing;

    FakeExchange(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static FakeExchange get() {
        return new FakeExchange("GET", "/me");
    }

    static FakeExchange post() {
        return new FakeExchange("POST", "/me");
    }

    FakeExchange with(String name, String line) {
        headers.add(new String[] {name, line});
        return this;
    }

    FakeExchange fromOurPage() {
        return with("Sec-Fetch-Site", "same-origin");
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
    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header[0].equalsIgnoreCase(name))
                .map(header -> header[1])
                .toList();
    }

    @Override
    public boolean isCommitted() {
        return committed;
    }

    @Override
    public void addHeader(String name, String value) {
        if (failing) {
            throw new IllegalStateException("the response takes no header");
        }
        added.add(name + ": " + value);
    }
}
