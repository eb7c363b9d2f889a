package dev.gateline.spring.security;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.http.Issued;
import dev.gateline.servlet.ServletAuth;
import dev.gateline.spring.RequireLogin;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pages of the contract, whose logins Spring Security demands. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class Pages {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        return http.with(GatelineConfigurer.gateline(), gateline -> gateline.loginPaths("/form"))
                .logout(logout -> logout.disable())
                .authorizeHttpRequests(paths -> paths.requestMatchers(
                                "/public", "/login", "/callback", "/logout", "/late", "/full", "/vault", "/broken")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @RequestMapping("/public")
    String everybody(Optional<Identity> user) {
        return user.map(Identity::subject).orElse("a stranger");
    }

    @RequestMapping("/me")
    String me(@AuthenticationPrincipal Identity user, Authentication authentication) {
        return authentication.getName().equals(user.subject()) ? user.subject() : "somebody else";
    }

    @RequireLogin(methods = "otp")
    @RequestMapping("/vault")
    String vault(Identity user) {
        return user.subject();
    }

    @RequestMapping({"/login", "/callback"})
    Outcome<Issued> login(ServletAuth door) {
        return door.login(Login.builder("ada").claim("roles", List.of("keeper")).build());
    }

    @RequestMapping("/logout")
    Outcome<LoginId> logout(ServletAuth door) {
        return door.logout();
    }

    @RequestMapping("/late")
    void late(ServletAuth door, HttpServletResponse response) throws IOException {
        response.getWriter().write("begun");
        response.flushBuffer();
        try {
            door.login(Login.of("ada"));
            response.getWriter().write("logged in");
        } catch (IllegalStateException e) {
            response.getWriter().write(", refused");
        }
    }

    @GetMapping("/broken")
    void broken(HttpServletResponse response) throws IOException {
        response.getWriter().write("half a page");
        response.flushBuffer();
        throw new AuthUnavailableException("the store is down");
    }

    @RequestMapping("/full")
    String full() {
        throw new LoginRefusedException("the store is full");
    }

    @RequestMapping("/fails")
    void fails(HttpServletResponse response) throws IOException {
        response.sendError(500);
    }

    @GetMapping("/async")
    Callable<String> async() {
        return () -> "later, "
                + SecurityContextHolder.getContext().getAuthentication().getName();
    }
}
