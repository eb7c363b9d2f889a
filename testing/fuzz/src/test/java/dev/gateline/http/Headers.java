package dev.gateline.http;

import java.util.List;

/** A request with the lines of one header. */
record Headers(String name, List<String> lines) implements Exchange {

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public List<String> headers(String wanted) {
        return wanted.equalsIgnoreCase(name) ? lines : List.of();
    }

    @Override
    public void addHeader(String ofTheResponse, String value) {
        throw new AssertionError("reading a request writes nothing");
    }
}
