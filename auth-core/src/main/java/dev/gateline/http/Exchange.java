package dev.gateline.http;

import java.util.List;

/**
 * A request and the headers of its response. A few lines adapt any server to this interface. One thread at a time uses
 * an exchange.
 */
public interface Exchange {

    /**
     * The method of the request, such as {@code POST}; the effective method if the host supports an override header.
     */
    String method();

    /** The path by which the host routes, without the query. */
    String path();

    /**
     * The path and the query as the client sent them. A browser is sent back to them after a login. No decision depends
     * on them.
     *
     * @return such as {@code /app/page?x=1}
     */
    default String target() {
        return path();
    }

    /**
     * The lines of a request header, in order.
     *
     * @param name in any case
     * @return empty if absent
     */
    List<String> headers(String name);

    /**
     * The address of the peer that sent the request, for events. No decision depends on it.
     *
     * @return such as {@code 203.0.113.7}; empty if the server does not say
     */
    default String remoteAddress() {
        return "";
    }

    /**
     * Adds a line to the response's headers, and keeps other lines of the same name.
     *
     * @param name the name of the header
     * @param value the value: visible ASCII and spaces
     */
    void addHeader(String name, String value);

    /**
     * Whether the response's headers have been sent, so that {@link #addHeader} has no effect any more. It is called
     * before a change about which the client must be told. An adapter whose server does not show this returns false.
     */
    default boolean isCommitted() {
        return false;
    }
}
