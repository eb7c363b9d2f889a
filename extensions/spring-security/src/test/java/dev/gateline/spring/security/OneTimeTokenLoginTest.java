package dev.gateline.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Identity;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring's login by a token that was sent to the user, whose login Gateline keeps. */
@Tag("slow")
class OneTimeTokenLoginTest {
    private static final Queue<String> SENT = new ConcurrentLinkedQueue<>();

    private final Server server = Server.start(Park.class, context -> {}, "gateline.origins=https://park.example");

    /** The application. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Park {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.with(GatelineConfigurer.gateline(), gateline -> gateline.loginPaths("/login/ott"))
                    .oneTimeTokenLogin(tokens -> tokens.tokenGenerationSuccessHandler((request, response, token) -> {
                        SENT.add(token.getTokenValue());
                        response.setStatus(204);
                    }))
                    .authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ada").password("none").roles("keeper").build());
        }

        @GetMapping("/me")
        String me(Identity user) {
            return user.subject() + " " + user.roles() + " " + user.methods();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> form(String path, String form, String site) {
        return server.send("POST", path, form, "Sec-Fetch-Site", site);
    }

    @Test
    void oneTimeToken_once_isALoginOfGateline() {
        assertThat(form("/ott/generate", "username=ada", "same-origin").statusCode())
                .isEqualTo(204);
        String token = "token=" + SENT.remove();

        assertThat(form("/login/ott", token, "cross-site").statusCode()).isEqualTo(403);
        String cookies = Server.jar(form("/login/ott", token, "same-origin"));

        assertThat(server.send("GET", "/me", "", "Cookie", cookies).body()).isEqualTo("ada [keeper] [otp]");
        assertThat(Server.jar(form("/login/ott", token, "same-origin"))).doesNotContain("gs_");
    }
}
