package dev.gateline.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Copies a request into a {@link CollectedExchange}. Not thread-safe. */
public final class CollectedExchangeBuilder {
    private final String method;
    private final String path;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String target;
    private String remoteAddress = "";

    CollectedExchangeBuilder(String method, String path) {
        this.method = method;
        this.path = path;
        target = path;
    }

    /**
     * Adds a line of a request header, behind those of the same name.
     *
     * @param name in any case
     * @param value as it came
     */
    public CollectedExchangeBuilder header(String name, String value) {
        headers.computeIfAbsent(name, any -> new ArrayList<>(1)).add(value);
        return this;
    }

    /**
     * Sets the path and the query as they came.
     *
     * @param target as of {@link Exchange#target()}; default: the path
     */
    public CollectedExchangeBuilder target(String target) {
        this.target = target;
        return this;
    }

    /**
     * Sets the address of the peer.
     *
     * @param address as of {@link Exchange#remoteAddress()}; default: empty
     */
    public CollectedExchangeBuilder remoteAddress(String address) {
        remoteAddress = address;
        return this;
    }

    /** Builds the copy. */
    public CollectedExchange build() {
        return new CollectedExchange(this);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    String target() {
        return target;
    }

    String remoteAddress() {
        return remoteAddress;
    }

    Map<String, List<String>> headers() {
        return headers;
    }
}
