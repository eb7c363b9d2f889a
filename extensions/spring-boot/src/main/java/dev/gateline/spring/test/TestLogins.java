package dev.gateline.spring.test;

import dev.gateline.Login;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.Lane;
import java.util.List;
import java.util.Optional;
import org.springframework.mock.web.MockHttpServletRequest;

/** The login of the test that runs on this thread. Thread-safe. */
final class TestLogins {
    private static final String TOKEN = "(?s).*\"access_token\":\"([^\"]*)\".*";

    private final HttpAuth auth;
    private final List<String> origins;
    private final ThreadLocal<Optional<Header>> current = ThreadLocal.withInitial(Optional::empty);

    TestLogins(HttpAuth auth, List<String> origins) {
        this.auth = auth;
        this.origins = origins;
    }

    /** The header of a request, and the login that ends with the test. */
    private record Header(String name, String value, Issued issued, String subject) {}

    void begin(Login login) {
        current.set(Optional.of(started(login)));
    }

    /** By the header of programs where there is a lane for them, so that no test needs an origin. */
    private Header started(Login login) {
        LoginExchange exchange = new LoginExchange(origins);
        try {
            Issued issued = issued(exchange, login, Lane.BEARER);
            return new Header(
                    "Authorization", "Bearer " + issued.body().replaceAll(TOKEN, "$1"), issued, login.subject());
        } catch (IllegalArgumentException e) {
            Issued issued = issued(exchange, login, Lane.COOKIES);
            return new Header("Cookie", exchange.cookies(), issued, login.subject());
        }
    }

    private Issued issued(LoginExchange exchange, Login login, Lane lane) {
        return auth.login(exchange, login, lane).fold(issued -> issued, reason -> {
            throw new IllegalStateException("@WithLogin: the login was refused, " + reason);
        });
    }

    void end() {
        current.get()
                .ifPresent(header ->
                        auth.logins().end(header.subject(), header.issued().loginId()));
        current.remove();
    }

    MockHttpServletRequest sentBy(MockHttpServletRequest request) {
        boolean bringsNone = request.getHeader("Authorization") == null && request.getHeader("Cookie") == null;
        current.get().filter(header -> bringsNone).ifPresent(header -> {
            request.addHeader(header.name(), header.value());
            if (header.name().equals("Cookie") && request.getHeader("Origin") == null) {
                origins.stream().findFirst().ifPresent(origin -> request.addHeader("Origin", origin));
            }
        });
        return request;
    }
}
