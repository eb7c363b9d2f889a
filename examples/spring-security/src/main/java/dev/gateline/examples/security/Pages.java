package dev.gateline.examples.security;

import dev.gateline.Identity;
import dev.gateline.Logins;
import dev.gateline.spring.RequireLogin;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The pages. The chain of {@link Security} has the login and the logout. A browser asks for HTML, and a text with a
 * name in it must not be taken for HTML.
 */
@RestController
@RequestMapping(produces = MediaType.TEXT_PLAIN_VALUE)
class Pages {
    private final Logins logins;

    Pages(Logins logins) {
        this.logins = logins;
    }

    @GetMapping("/")
    String home(Optional<Identity> user) {
        return "hello " + user.map(Identity::subject).orElse("stranger");
    }

    @GetMapping("/me")
    String me(@AuthenticationPrincipal Identity user) {
        return "hello " + user.subject();
    }

    @GetMapping("/vault")
    @RequireLogin(within = "5m")
    String vault() {
        return "the vault is open";
    }

    @GetMapping("/admin/{name}")
    @PreAuthorize("hasRole('keeper')")
    String devices(@PathVariable String name) {
        return name + " has logins: " + logins.of(name).size();
    }

    @PostMapping("/logout-everywhere")
    void logoutEverywhere(@AuthenticationPrincipal Identity user) {
        logins.endAll(user.subject());
    }
}
