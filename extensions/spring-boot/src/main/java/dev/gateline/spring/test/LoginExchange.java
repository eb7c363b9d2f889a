package dev.gateline.spring.test;

import dev.gateline.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The request that logs the user of a test in, from the application's own page. Not thread-safe. */
final class LoginExchange implements Exchange {
    private final List<String> origins;
    private final List<String> cookies = new ArrayList<>();

    LoginExchange(List<String> origins) {
        this.origins = origins;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public List<String> headers(String name) {
        return name.equalsIgnoreCase("Origin") ? origins.stream().limit(1).toList() : List.of();
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase("Set-Cookie")) {
            cookies.add(value.substring(0, value.indexOf(';')));
        }
    }

    /** As a browser would send them. */
    String cookies() {
        return cookies.stream().collect(Collectors.joining("; "));
    }
}
