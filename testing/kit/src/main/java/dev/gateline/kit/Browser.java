package dev.gateline.kit;

import dev.gateline.http.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A browser on a page of the host. It keeps the cookies that it receives, and sends them with each request. Not
 * thread-safe.
 */
public final class Browser {
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** Creates a browser without cookies. */
    public Browser() {}

    /**
     * Creates a request to {@code /}, whose response the browser reads as it is made.
     *
     * @param method the method of HTTP
     */
    public Exchange request(String method) {
        String sent = String.join(
                "; ",
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .toList());
        return new Request(method, sent);
    }

    /** The values of the cookies, in the order in which the cookies were first set. */
    public List<String> cookies() {
        return new ArrayList<>(cookies.values());
    }

    private final class Request implements Exchange {
        private final String method;
        private final String sent;

        Request(String method, String sent) {
            this.method = method;
            this.sent = sent;
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public List<String> headers(String name) {
            return switch (name) {
                case "Cookie" -> sent.isEmpty() ? List.of() : List.of(sent);
                case "Sec-Fetch-Site" -> List.of("same-origin");
                case "User-Agent" -> List.of("Browser/1.0");
                default -> List.of();
            };
        }

        @Override
        public String remoteAddress() {
            return "203.0.113.7";
        }

        @Override
        public void addHeader(String name, String value) {
            if (name.equals("Set-Cookie")) {
                String pair = value.substring(0, value.indexOf(';'));
                String cookie = pair.substring(0, pair.indexOf('='));
                if (value.contains("Max-Age=0")) {
                    cookies.remove(cookie);
                } else {
                    cookies.put(cookie, pair.substring(cookie.length() + 1));
                }
            }
        }
    }
}
