package dev.gateline.http;

import java.util.List;

/**
 * A request, and the headers of the response to it, as any server can show them in a few lines. Used by one thread at a
 * time.
 */
public interface Exchange {

    /** The method as it came, such as {@code POST}; the effective one if the host honours an override header. */
    String method();

    /** The path as the host routes by it, without the query. */
    String path();

    /**
     * The path and the query as the client sent them, to which a browser is sent back after a login. Nothing is decided
     * by it.
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
     * The address of the peer that sent the request, for events; nothing is decided by it.
     *
     * @return such as {@code 203.0.113.7}; empty if the server does not say
     */
    default String remoteAddress() {
        return "";
    }

    /**
     * Adds a line to the response's headers, beside those of the same name.
     *
     * @param name of the header
     * @param value of fixed alphabets: visible ASCII and spaces
     */
    void addHeader(String name, String value);

    /**
     * Whether the response's headers have been sent, so that {@link #addHeader} has no effect any more. Asked before
     * anything changes that the client has to be told. A server that knows should say it; one that can't tell says
     * false.
     */
    default boolean isCommitted() {
        return false;
    }
}
