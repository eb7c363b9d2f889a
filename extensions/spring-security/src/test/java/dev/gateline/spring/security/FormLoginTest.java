package dev.gateline.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.Logins;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.MutableClock;
import dev.gateline.session.SessionAuthenticator;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring's form login, method security and logout, whose logins Gateline keeps. */
@Tag("slow")
class FormLoginTest {
    private static final String SITE = "https://park.example";
    private static final String ADA = "username=ada&password=lovelace";
    private static final AtomicInteger PASSWORDS_ASKED = new AtomicInteger();

    private final MutableClock clock = new MutableClock(Instant.now());
    private Server server;

    /** The application. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableMethodSecurity
    @RestController
    static class Park {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.with(GatelineConfigurer.gateline(), Customizer.withDefaults())
                    .formLogin(form -> form.loginPage("/sign-in").loginProcessingUrl("/login"))
                    .authorizeHttpRequests(paths -> paths.requestMatchers("/sign-in")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(User.withUsername("ada")
                    .password("lovelace")
                    .roles("keeper")
                    .build());
        }

        @Bean
        PasswordEncoder passwords() {
            return new PasswordEncoder() {
                @Override
                public String encode(CharSequence raw) {
                    return raw.toString();
                }

                @Override
                public boolean matches(CharSequence raw, String encoded) {
                    PASSWORDS_ASKED.incrementAndGet();
                    return encoded.contentEquals(raw);
                }
            };
        }

        @GetMapping("/me")
        String me(Identity user) {
            return user.subject() + " " + user.roles() + " " + user.methods();
        }

        @PreAuthorize("hasRole('keeper')")
        @GetMapping("/keepers")
        String keepers() {
            return "keepers only";
        }

        @PreAuthorize("hasRole('owner')")
        @GetMapping("/owners")
        String owners() {
            return "owners only";
        }

        @PreAuthorize("hasAuthority('SCOPE_read')")
        @GetMapping("/readers")
        String readers() {
            return "readers only";
        }

        @GetMapping("/proved")
        String proved(GatelineAuthentication user) {
            return user.getAuthorities().stream()
                    .filter(FactorGrantedAuthority.class::isInstance)
                    .map(FactorGrantedAuthority.class::cast)
                    .map(factor -> factor.getAuthority() + " " + factor.getIssuedAt())
                    .toList()
                    .toString();
        }

        @PostMapping("/change")
        String change() {
            return "changed";
        }
    }

    @BeforeEach
    void start() {
        PASSWORDS_ASKED.set(0);
        server = Server.start(
                Park.class, context -> context.registerBean(Clock.class, () -> clock), "gateline.origins=" + SITE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> form(String form) {
        return server.send("POST", "/login", form, "Origin", SITE, "Accept", "text/html");
    }

    private HttpResponse<String> get(String path, String cookies) {
        return server.send("GET", path, "", "Cookie", cookies);
    }

    @Test
    void form_rightPassword_startsALoginAndLeadsToTheWantedPage() {
        HttpResponse<String> login = form(ADA + "&return_to=%2Fme");

        assertThat(login.statusCode()).isEqualTo(303);
        assertThat(login.headers().firstValue("Location")).contains("/me");
        assertThat(login.headers().allValues("Set-Cookie"))
                .hasSizeGreaterThanOrEqualTo(1)
                .noneMatch(cookie -> cookie.contains("JSESSIONID"))
                .anyMatch(cookie -> cookie.startsWith("__Host-Http-id="));
        assertThat(get("/me", Server.jar(login)).body()).isEqualTo("ada [keeper] [pwd]");
        assertThat(server.bean(Logins.class).of("ada")).hasSize(1);
    }

    @Test
    void form_wantedPageOfAnotherSiteOrNoUri_leadsHome() {
        HttpResponse<String> login = form(ADA + "&return_to=https%3A%2F%2Fevil.example");

        assertThat(login.headers().firstValue("Location")).contains("/");
        assertThat(form(ADA + "&return_to=%2Fme%3Fa%3D%7Cb").headers().firstValue("Location"))
                .contains("/");
    }

    @Test
    void form_ofAProgram_isAnsweredWithACredential() {
        HttpResponse<String> login = server.send("POST", "/login", ADA);

        assertThat(login.statusCode()).isEqualTo(200);
        String token = login.body().replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
        assertThat(server.send("GET", "/me", "", "Authorization", "Bearer " + token)
                        .body())
                .startsWith("ada");
    }

    /** {@code HttpURLConnection} of the JDK asks for HTML, unless it is told otherwise. */
    @Test
    void form_ofAProgramThatAsksForHtml_isAnsweredWithACredential() {
        HttpResponse<String> login = server.send("POST", "/login", ADA, "Accept", "text/html, */*; q=0.2");

        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(login.body()).contains("access_token");
    }

    @Test
    void form_wrongPassword_startsNothing() {
        HttpResponse<String> login = form("username=ada&password=byron");

        assertThat(login.statusCode()).isEqualTo(302);
        assertThat(login.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("__Host-Http-"));
        assertThat(server.bean(Logins.class).of("ada")).isEmpty();
    }

    @Test
    void form_fromAnotherSite_isRefusedAndNoPasswordIsLookedAt() {
        HttpResponse<String> login =
                server.send("POST", "/login", ADA, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site");

        assertThat(login.statusCode()).isEqualTo(403);
        assertThat(PASSWORDS_ASKED).hasValue(0);
        assertThat(server.bean(Logins.class).of("ada")).isEmpty();
    }

    @Test
    void form_tooManyFailures_is429AndNoPasswordIsLookedAt() {
        for (int i = 0; i < 10; i++) {
            form("username=ada&password=byron");
        }
        PASSWORDS_ASKED.set(0);

        HttpResponse<String> login = form(ADA);

        assertThat(login.statusCode()).isEqualTo(429);
        assertThat(login.headers().firstValue("Retry-After")).isPresent();
        assertThat(PASSWORDS_ASKED).hasValue(0);
    }

    /** Spring's filter looks for the user whose name is left after all characters up to U+0020 are trimmed. */
    @Test
    void form_nameWithMoreAndMoreControlCharacters_is429AfterTenFailures() {
        for (int i = 0; i < 10; i++) {
            assertThat(form("username=" + "%01".repeat(330 + i) + "ada&password=byron")
                            .statusCode())
                    .isEqualTo(302);
        }

        HttpResponse<String> login = form("username=" + "%01".repeat(340) + "ada&password=lovelace");

        assertThat(login.statusCode()).isEqualTo(429);
        assertThat(PASSWORDS_ASKED).hasValue(10);
    }

    @Test
    void form_countsThatFailAfterTheRightPassword_startsNoLogin() {
        LoginThrottle failing = new LoginThrottle() {
            @Override
            public Duration attempt(LoginAttempt attempt) {
                return Duration.ZERO;
            }

            @Override
            public String succeeded(LoginAttempt attempt) {
                throw new AuthUnavailableException("the counts are out of reach");
            }
        };
        try (Server other = Server.start(
                Park.class,
                context -> context.registerBean(LoginThrottle.class, () -> failing),
                "gateline.origins=" + SITE)) {
            HttpResponse<String> login = other.send(
                    "POST", "/login", ADA, "Origin", SITE, "Accept", "text/html", "Sec-Fetch-Mode", "navigate");

            assertThat(login.statusCode()).isEqualTo(503);
            assertThat(login.headers().allValues("Set-Cookie")).isEmpty();
            assertThat(other.bean(Logins.class).of("ada")).isEmpty();
        }
    }

    /** The starter has a throttle, which the application's own {@code HttpAuth} leaves out. */
    @Test
    void form_ofAnHttpAuthWithoutAThrottle_startsALogin() {
        try (Server other =
                Server.start(Park.class, context -> context.registerBean(HttpAuth.class, () -> unthrottled(context)))) {
            HttpResponse<String> login = other.send("POST", "/login", ADA, "Origin", SITE, "Accept", "text/html");

            assertThat(login.statusCode()).isEqualTo(303);
            assertThat(other.bean(LoginThrottle.class)).isNotNull();
        }
    }

    private static HttpAuth unthrottled(BeanFactory beans) {
        return HttpAuth.builder()
                .lane(CookieCarrier.create(), beans.getBean(SessionAuthenticator.class))
                .origin(SITE)
                .build();
    }

    /** Contexts that {@code SecurityContextHolder} does not know. */
    private static final class OwnContexts implements SecurityContextHolderStrategy {
        private final ThreadLocal<SecurityContext> contexts = ThreadLocal.withInitial(this::createEmptyContext);

        @Override
        public void clearContext() {
            contexts.remove();
        }

        @Override
        public SecurityContext getContext() {
            return contexts.get();
        }

        @Override
        public void setContext(SecurityContext context) {
            contexts.set(context);
        }

        @Override
        public SecurityContext createEmptyContext() {
            return new SecurityContextImpl();
        }
    }

    @Test
    void user_ofARequest_isInTheContextsOfTheApplication() {
        try (Server other = Server.start(
                Park.class,
                context -> context.registerBean(SecurityContextHolderStrategy.class, OwnContexts::new),
                "gateline.origins=" + SITE)) {
            HttpResponse<String> login = other.send("POST", "/login", ADA, "Origin", SITE, "Accept", "text/html");

            assertThat(other.send("GET", "/me", "", "Cookie", Server.jar(login)).body())
                    .startsWith("ada");
        }
    }

    @Test
    void form_ofAUserWhoIsIn_stepsUpTheSameLogin() {
        String before = Server.jar(form(ADA));
        String id = server.bean(Logins.class).of("ada").get(0).id().value();
        clock.advance(Duration.ofMinutes(10));

        HttpResponse<String> again =
                server.send("POST", "/login", ADA, "Origin", SITE, "Accept", "text/html", "Cookie", before);

        assertThat(server.bean(Logins.class).of("ada"))
                .singleElement()
                .satisfies(login -> assertThat(login.id().value()).isEqualTo(id))
                .satisfies(login -> assertThat(login.authenticatedAt())
                        .isAfterOrEqualTo(clock.instant().minusSeconds(1)));
        assertThat(get("/me", before).statusCode()).isEqualTo(401);
        assertThat(get("/me", Server.jar(again)).statusCode()).isEqualTo(200);
    }

    @Test
    void methods_ofRolesAndScopes_areHeldToThem() {
        String cookies = Server.jar(form(ADA));
        String reader = server.bean(SessionAuthenticator.class)
                .login(Login.builder("bob").claim("scope", "read write").build())
                .access()
                .reveal();

        assertThat(get("/keepers", cookies).body()).isEqualTo("keepers only");
        assertThat(get("/owners", cookies).statusCode()).isEqualTo(403);
        assertThat(get("/readers", cookies).statusCode()).isEqualTo(403);
        assertThat(server.send("GET", "/readers", "", "Authorization", "Bearer " + reader)
                        .body())
                .isEqualTo("readers only");
        assertThat(server.send("GET", "/keepers", "", "Authorization", "Bearer " + reader)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void factor_ofThePassword_hasTheInstantOfTheProof() {
        Instant proved = clock.instant();
        String cookies = Server.jar(form(ADA));
        clock.advance(Duration.ofMinutes(10));

        String factors = get("/proved", cookies).body();

        assertThat(factors).startsWith("[FACTOR_PASSWORD " + proved.toString().substring(0, 19));
    }

    @Test
    void change_fromAnotherSite_isRefusedWithoutATokenOfSpring() {
        String cookies = Server.jar(form(ADA));

        assertThat(server.send("POST", "/change", "", "Cookie", cookies, "Origin", SITE)
                        .body())
                .isEqualTo("changed");
        assertThat(server.send("POST", "/change", "", "Cookie", cookies, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void logout_always_endsTheLoginAndNoneFromAnotherSite() {
        String cookies = Server.jar(form(ADA));

        HttpResponse<String> evil =
                server.send("POST", "/logout", "", "Cookie", cookies, "Origin", "https://evil.example");
        assertThat(evil.statusCode()).isEqualTo(403);
        HttpResponse<String> evilLink =
                server.send("GET", "/logout", "", "Cookie", cookies, "Sec-Fetch-Site", "cross-site");
        assertThat(evilLink.statusCode()).isEqualTo(403);
        assertThat(get("/me", cookies).statusCode()).isEqualTo(200);

        HttpResponse<String> logout = server.send("POST", "/logout", "", "Cookie", cookies, "Origin", SITE);

        assertThat(logout.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allMatch(cookie -> cookie.contains("Max-Age=0"));
        assertThat(get("/me", cookies).statusCode()).isEqualTo(401);
        assertThat(server.bean(Logins.class).of("ada")).isEqualTo(List.of());
    }
}
