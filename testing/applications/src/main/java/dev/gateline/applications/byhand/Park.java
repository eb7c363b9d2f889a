package dev.gateline.applications.byhand;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginInfo;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.applications.Users;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.Exchange;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.Refusal;
import dev.gateline.near.NearStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.session.SessionAuthenticator;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The pages with Gateline's core alone: the wiring, the filter and the exchange are the application's. */
@SpringBootApplication
@RestController
public class Park {
    @Autowired
    HttpAuth auth;

    @Value("${park.fresh:5m}")
    Duration fresh;

    public static void main(String[] args) {
        SpringApplication.run(Park.class, args);
    }

    @Bean
    static RedisStorage shared(@Value("${park.redis}") String uri) {
        return RedisStorage.builder(uri).build();
    }

    @Bean
    static NearStorage storage(RedisStorage shared) {
        return NearStorage.over(shared);
    }

    @Bean
    static SessionAuthenticator gate(NearStorage storage) {
        return SessionAuthenticator.builder(storage).build();
    }

    @Bean
    static HttpAuth auth(Authenticator gate) {
        return HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .origin("http://localhost:8080")
                .build();
    }

    /** A request and its response. */
    record Call(HttpServletRequest request, HttpServletResponse response) implements Exchange {
        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String path() {
            return request.getServletPath();
        }

        @Override
        public List<String> headers(String name) {
            return Collections.list(request.getHeaders(name));
        }

        @Override
        public String remoteAddress() {
            return request.getRemoteAddr();
        }

        @Override
        public void addHeader(String name, String value) {
            response.addHeader(name, value);
        }

        @Override
        public boolean isCommitted() {
            return response.isCommitted();
        }

        void send(Refusal refusal) throws IOException {
            if (!response.isCommitted()) {
                response.setStatus(refusal.status());
                response.setContentType(Refusal.CONTENT_TYPE);
                response.getWriter().write(refusal.body());
            }
        }
    }

    /** Recognises the user of each request, and refuses strangers. */
    @Component
    record Gate(HttpAuth auth) implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Call call = new Call((HttpServletRequest) request, (HttpServletResponse) response);
            try {
                Outcome<Identity> who = auth.authenticate(call);
                Optional<Rejection> refused =
                        call.path().equals("/login") ? HttpAuth.refusedAtOnce(who) : who.rejection();
                if (refused.isPresent()) {
                    call.send(auth.refuse(refused.get(), call));
                    return;
                }
                request.setAttribute("user", who.toOptional().orElse(null));
                chain.doFilter(request, response);
            } catch (AuthUnavailableException e) {
                call.send(auth.unavailable(call));
            } catch (ServletException e) {
                if (!(e.getRootCause() instanceof AuthUnavailableException)) {
                    throw e;
                }
                call.send(auth.unavailable(call));
            }
        }
    }

    @PostMapping("/login")
    String login(
            @RequestParam String username,
            @RequestParam String password,
            HttpServletRequest request,
            HttpServletResponse response) {
        return body(auth.login(new Call(request, response), proved(username, password)));
    }

    @PostMapping("/step-up")
    String stepUp(
            @RequestAttribute Identity user,
            @RequestParam String password,
            HttpServletRequest request,
            HttpServletResponse response) {
        return body(auth.reauthenticate(new Call(request, response), proved(user.subject(), password)));
    }

    private static Login proved(String name, String password) {
        if (!Users.isPassword(name, password)) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
        }
        return Login.builder(name)
                .methods("pwd")
                .claim("roles", Users.roles(name))
                .build();
    }

    private static String body(Outcome<Issued> issued) {
        return issued.toOptional()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.FORBIDDEN))
                .body();
    }

    @GetMapping("/me")
    String me(@RequestAttribute Identity user) {
        return "hello " + user.subject();
    }

    @GetMapping("/admin")
    String admin(@RequestAttribute Identity user) {
        if (!user.roles().contains("admin")) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        return "the keys of the park";
    }

    @PostMapping("/transfer")
    void transfer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Call call = new Call(request, response);
        Requirement recent = Requirement.none().authenticatedWithin(fresh);
        Optional<Rejection> refused = auth.authenticate(call, recent).rejection();
        if (refused.isPresent()) {
            call.send(auth.refuse(refused.get(), call, recent));
        } else {
            response.getWriter().write("done");
        }
    }

    @GetMapping("/devices")
    List<Instant> devices(@RequestAttribute Identity user) {
        return auth.logins().of(user.subject()).stream()
                .map(LoginInfo::startedAt)
                .toList();
    }

    @PostMapping("/logout-everywhere")
    void everywhere(@RequestAttribute Identity user) {
        auth.logins().endAll(user.subject());
    }
}
