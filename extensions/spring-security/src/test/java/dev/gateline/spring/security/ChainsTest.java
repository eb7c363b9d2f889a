package dev.gateline.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Login;
import dev.gateline.session.SessionAuthenticator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Chains beside the usual one. */
@Tag("slow")
class ChainsTest {
    private static final String SITE = "gateline.origins=https://park.example";

    /** An application without a chain of its own. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Plain {
        @RequestMapping({"/open/page", "/closed"})
        String page() {
            return "seen";
        }
    }

    private static String bearer(Server server) {
        return "Bearer "
                + server.bean(SessionAuthenticator.class)
                        .login(Login.of("ada"))
                        .access()
                        .reveal();
    }

    @Test
    void chain_thatNobodyDeclared_demandsALoginForAllButThePublicPaths() {
        try (Server server = Server.start(Plain.class, context -> {}, SITE, "gateline.public-paths=/open/**")) {
            assertThat(server.send("GET", "/open/page", "").body()).isEqualTo("seen");
            assertThat(server.send("GET", "/closed", "").statusCode()).isEqualTo(401);
            assertThat(server.send("GET", "/closed", "", "Authorization", bearer(server))
                            .body())
                    .isEqualTo("seen");
        }
    }

    /** All paths of the application then begin so, those of the property too. */
    @Test
    void chain_thatNobodyDeclared_takesPublicPathsAsTheyAreWrittenWhateverThePathOfTheServlet() {
        try (Server server = Server.start(
                Plain.class,
                context -> {},
                SITE,
                "spring.mvc.servlet.path=/park",
                "gateline.public-paths=/park/open/**")) {
            assertThat(server.send("GET", "/park/open/page", "").body()).isEqualTo("seen");
            assertThat(server.send("GET", "/park/closed", "").statusCode()).isEqualTo(401);
        }
    }

    /** An application whose chain decides about some paths, and that has Spring Security ignore others. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Partial {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.with(GatelineConfigurer.gateline(), Customizer.withDefaults())
                    .securityMatcher("/api/**")
                    .authorizeHttpRequests(paths -> paths.requestMatchers("/api/open")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .build();
        }

        @Bean
        WebSecurityCustomizer ignoresAssets() {
            return web -> web.ignoring().requestMatchers("/assets/**");
        }

        @RequestMapping({"/api/open", "/api/closed", "/assets/logo", "/other"})
        String page() {
            return "seen";
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void chain_forSomePathsOnly_leavesTheOthersNoStranger(boolean debugs) {
        Class<?> application = debugs ? Debugged.class : Partial.class;
        try (Server server = Server.start(application, context -> {}, SITE)) {
            assertThat(server.send("GET", "/api/open", "").body()).isEqualTo("seen");
            assertThat(server.send("GET", "/api/closed", "").statusCode()).isEqualTo(401);
            assertThat(server.send("GET", "/other", "").statusCode()).isEqualTo(401);
            assertThat(server.send(
                                    "OPTIONS",
                                    "/other",
                                    "",
                                    "Origin",
                                    "https://else.example",
                                    "Access-Control-Request-Method",
                                    "POST")
                            .statusCode())
                    .as("a preflight")
                    .isNotEqualTo(401);
            assertThat(server.send("GET", "/other", "", "Authorization", bearer(server))
                            .body())
                    .isEqualTo("seen");
            if (!debugs) {
                assertThat(server.send("GET", "/assets/logo", "").body()).isEqualTo("seen");
            }
        }
    }

    /** Spring Security then has another filter before its chains. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableWebSecurity(debug = true)
    @RestController
    static class Debugged extends Partial {}

    /** Actuator then has a server of its own, and Spring Boot lays the chains before it. */
    @Test
    void chain_onAPortOfActuatorsOwn_knowsTheUsers() {
        try (Server server = Server.start(Whole.class, context -> {}, SITE, "management.server.port=0")) {
            String health = "http://127.0.0.1:"
                    + server.context().getEnvironment().getProperty("local.management.port") + "/actuator/health";

            assertThat(server.send("GET", health, "").statusCode()).isEqualTo(401);
            assertThat(server.send("GET", health, "", "Authorization", bearer(server))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** An application whose chain decides about everything. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Whole {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.with(GatelineConfigurer.gateline(), Customizer.withDefaults())
                    .authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
                    .build();
        }
    }

    /** A browser sends a password of HTTP Basic by itself, also for a form of another site. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Basic {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.with(GatelineConfigurer.gateline(), Customizer.withDefaults())
                    .httpBasic(Customizer.withDefaults())
                    .authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ada").password("{noop}lovelace").build());
        }

        @RequestMapping("/transfer")
        String page() {
            return "done";
        }
    }

    @Test
    void httpBasic_formOfAnotherSite_isRefused() {
        String ada = "Basic " + Base64.getEncoder().encodeToString("ada:lovelace".getBytes(StandardCharsets.UTF_8));
        try (Server server = Server.start(Basic.class, context -> {}, SITE)) {
            assertThat(server.send("GET", "/transfer", "", "Authorization", ada).body())
                    .isEqualTo("done");
            assertThat(server.send(
                                    "POST",
                                    "/transfer",
                                    "to=eve",
                                    "Authorization",
                                    ada,
                                    "Origin",
                                    "https://evil.example")
                            .body())
                    .doesNotContain("done");
        }
    }

    /** An application that has Spring's tokens as well. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Both {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.with(GatelineConfigurer.gateline(), GatelineConfigurer::keepCsrf)
                    .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                            .spa())
                    .authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
                    .build();
        }

        @RequestMapping("/closed")
        String page() {
            return "seen";
        }
    }

    @Test
    void csrf_ofSpringAsWell_wantsBothToAgree() {
        try (Server server = Server.start(Both.class, context -> {}, SITE)) {
            String user = bearer(server);
            assertThat(server.send("POST", "/closed", "", "Authorization", user).statusCode())
                    .isEqualTo(403);
            assertThat(server.send(
                                    "POST",
                                    "/closed",
                                    "",
                                    "Authorization",
                                    user,
                                    "Cookie",
                                    "XSRF-TOKEN=t0ken",
                                    "X-XSRF-TOKEN",
                                    "t0ken")
                            .body())
                    .isEqualTo("seen");
        }
    }
}
