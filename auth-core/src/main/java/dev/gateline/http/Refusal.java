package dev.gateline.http;

import java.util.Map;

/**
 * The answer to a request that is refused. The response already has its headers; send the status and the body. If the
 * body is empty, the host may send a page of its own, because a browser will show the answer.
 *
 * @param status such as 401; 303 if the response has the address of the login page
 * @param body JSON of {@link #CONTENT_TYPE} (RFC 9457); empty for a redirect, for a client that asks for HTML, and for
 *     HEAD
 */
public record Refusal(int status, String body) {

    /** The content type of a body that is not empty. */
    public static final String CONTENT_TYPE = "application/problem+json";

    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            429, "Too Many Requests",
            431, "Request Header Fields Too Large",
            503, "Service Unavailable");

    /** Chooses the body that suits the client. */
    static Refusal of(int status, Exchange exchange) {
        boolean plain = exchange.method().equals("HEAD") || Navigation.wantsHtml(exchange);
        return new Refusal(status, plain ? "" : "{\"title\":\"" + TITLES.get(status) + "\",\"status\":" + status + "}");
    }

    /** Whether the response leads to another page. */
    public boolean isRedirect() {
        return status == 303;
    }
}
