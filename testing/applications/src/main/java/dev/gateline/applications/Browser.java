package dev.gateline.applications;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser, as far as logins go: it keeps cookies, says from which page a form comes, and sends the hidden token of a
 * form along. It follows no redirects. Not thread-safe.
 */
final class Browser {
    /** The origin that the applications have as theirs. */
    private static final String HOME = "http://localhost:8080";

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Map<String, String> cookies = new TreeMap<>();
    private boolean keptFromOtherSites = true;
    private URI address;

    Browser(Application application) {
        address = application.address();
    }

    /** Goes on with another node, as a load balancer would make it. */
    Browser at(Application application) {
        address = application.address();
        return this;
    }

    /** Fetches something, as a script of the page would. */
    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Accept", "application/json, text/plain")
                .header("X-Requested-With", "XMLHttpRequest")
                .header("Sec-Fetch-Site", "same-origin"));
    }

    /**
     * Sends a form of the application, with the token of its login page, if that has one.
     *
     * @param fields names and values in turn
     */
    HttpResponse<String> post(String path, String... fields) {
        HttpResponse<String> page = send(HttpRequest.newBuilder(address.resolve("/login"))
                .header("Accept", "text/html")
                .header("Sec-Fetch-Site", "same-origin"));
        Matcher token = TOKEN.matcher(page.body());
        String form = form(fields) + (token.find() ? "&_csrf=" + token.group(1) : "");
        return send(submission(path, form, HOME, "same-origin"));
    }

    /** Sends a form of another site. */
    HttpResponse<String> postFromElsewhere(String path) {
        return send(submission(path, "", "https://evil.example", "cross-site"));
    }

    private HttpRequest.Builder submission(String path, String form, String origin, String site) {
        return HttpRequest.newBuilder(address.resolve(path))
                .POST(BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json, text/html;q=0.9")
                .header("Origin", origin)
                .header("Sec-Fetch-Site", site);
    }

    private static String form(String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    /** Logs in with the form. */
    HttpResponse<String> login(String name, String password) {
        return post("/login", "username", name, "password", password);
    }

    /** Logs in as a program, which gets a token. */
    String token(String name) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/login"))
                .POST(BodyPublishers.ofString(form("username", name, "password", Users.PASSWORD)))
                .header("Content-Type", "application/x-www-form-urlencoded");
        String body = send(request).body();
        return body.replaceAll("(?s).*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    /** The value of the header {@code Cookie}. */
    String cookies() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Whether no cookie would go along with the form of another site. */
    boolean isKeptFromOtherSites() {
        return keptFromOtherSites;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies());
        }
        try {
            HttpResponse<String> answer =
                    HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String cookie) {
        String pair = cookie.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        String attributes = cookie.toLowerCase(Locale.ROOT);
        keptFromOtherSites &= attributes.matches(".*; *samesite=(lax|strict).*");
        if (attributes.contains("max-age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }
}
