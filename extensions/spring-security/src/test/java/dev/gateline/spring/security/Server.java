package dev.gateline.spring.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A Spring Boot application on an embedded Tomcat in this process, and a client of it. */
record Server(ConfigurableApplicationContext context) implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> QUIET = List.of(
            "server.address=127.0.0.1",
            "server.port=0",
            "spring.main.banner-mode=off",
            "spring.jmx.enabled=false",
            "spring.main.register-shutdown-hook=false");

    static Server start(
            Class<?> application,
            ApplicationContextInitializer<GenericApplicationContext> beans,
            String... properties) {
        List<String> all = new ArrayList<>(QUIET);
        all.addAll(List.of(properties));
        return new Server(new SpringApplicationBuilder(application)
                .initializers(beans)
                .properties(all.toArray(String[]::new))
                .run());
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /**
     * Sends a form, or nothing.
     *
     * @param headers names and values in turn
     */
    HttpResponse<String> send(String method, String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(form))
                .timeout(Duration.ofSeconds(60));
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a browser would send them. */
    static String jar(HttpResponse<String> login) {
        return String.join(
                "; ",
                login.headers().allValues("Set-Cookie").stream()
                        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                        .toList());
    }

    @Override
    public void close() {
        context.close();
    }
}
