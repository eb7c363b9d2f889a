package dev.gateline.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Identity;
import dev.gateline.Logins;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring's login at a provider, by the authorization code flow, whose login Gateline keeps. */
@Tag("slow")
class OAuth2LoginTest {
    private static final String CALLBACK = "/login/oauth2/code/park";
    private static final String[] NAVIGATION = {"Accept", "text/html", "Sec-Fetch-Mode", "navigate"};

    private final Provider provider = new Provider();
    private Server server = start("gateline.insecure-cross-origin-allowed-at=" + CALLBACK);

    /** The application. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Park {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.with(GatelineConfigurer.gateline(), Customizer.withDefaults())
                    .oauth2Login(Customizer.withDefaults())
                    .authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
                    .build();
        }

        @GetMapping("/me")
        String me(Identity user) {
            return user.subject() + " " + user.scopes();
        }
    }

    private Server start(String... more) {
        String registration = "spring.security.oauth2.client.registration.park.";
        String endpoints = "spring.security.oauth2.client.provider.local.";
        String[] properties = {
            "gateline.origins=https://park.example",
            registration + "provider=local",
            registration + "client-id=park",
            registration + "client-secret=not-told",
            registration + "authorization-grant-type=authorization_code",
            registration + "redirect-uri={baseUrl}" + CALLBACK,
            registration + "scope=profile",
            endpoints + "authorization-uri=" + provider.at("/authorize"),
            endpoints + "token-uri=" + provider.at("/token"),
            endpoints + "user-info-uri=" + provider.at("/userinfo"),
            endpoints + "user-name-attribute=sub",
            more.length == 0 ? "gateline.strategy=session" : more[0]
        };
        return Server.start(Park.class, context -> {}, properties);
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    private HttpResponse<String> navigate(String to, String site, String cookies) {
        return server.send("GET", to, "", headers("Sec-Fetch-Site", site, "Cookie", cookies));
    }

    private static String[] headers(String... more) {
        return Stream.of(NAVIGATION, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static String location(HttpResponse<String> redirect) {
        return redirect.headers().firstValue("Location").orElseThrow();
    }

    /** To the provider and back, as a browser goes; the callback comes from the provider's site. */
    private HttpResponse<String> comeBack(String cookiesOfTheBrowser) {
        HttpResponse<String> begun = navigate("/oauth2/authorization/park", "same-origin", "a=b");
        HttpResponse<String> atTheProvider = navigate(location(begun), "cross-site", "a=b");
        String session = Server.jar(begun);
        return navigate(
                location(atTheProvider), "cross-site", cookiesOfTheBrowser.isEmpty() ? session : cookiesOfTheBrowser);
    }

    @Test
    void oauth2Login_codeFlow_isALoginOfGateline() {
        HttpResponse<String> back = comeBack("");

        String cookies = Server.jar(back);
        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(cookies).contains("__Host-Http-id=gs_");
        assertThat(navigate("/me", "same-origin", cookies).body()).isEqualTo("ada [profile]");

        server.bean(Logins.class).endAll("ada");
        assertThat(navigate("/me", "same-origin", cookies).statusCode()).isEqualTo(401);
    }

    /** The state of RFC 6749 section 10.12 is in the browser's session. */
    @Test
    void oauth2Login_callbackInAnotherBrowser_startsNoLogin() {
        HttpResponse<String> back = comeBack("a=b");

        assertThat(back.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("gs_"));
        assertThat(server.bean(Logins.class).of("ada")).isEmpty();
    }

    @Test
    void oauth2Login_callbackIsNoPathForOtherSites_startsNoLogin() {
        server.close();
        server = start();

        assertThat(comeBack("").headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("gs_"));
        assertThat(server.bean(Logins.class).of("ada")).isEmpty();
    }
}
