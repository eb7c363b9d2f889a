package dev.gateline.spring;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.http.Issued;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pages of the contract, and some more, as an application would write them. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class Pages {
    static final String PUBLIC =
            "gateline.public-paths=/public,/open/**,/login,/callback,/logout,/late,/full,/vault," + "/broken";

    @RequestMapping("/public")
    String everybody(Optional<Identity> user) {
        return user.map(Identity::subject).orElse("a stranger");
    }

    @RequestMapping("/me")
    String me(Identity user) {
        return user.subject();
    }

    /** A page that is public by its path, and demands a login by its argument. */
    @GetMapping("/open/argument")
    String argument(Identity user) {
        return user.subject();
    }

    @RequireLogin(methods = "otp")
    @RequestMapping("/vault")
    String vault(Identity user) {
        return user.subject();
    }

    @RequireLogin(within = "5m")
    @GetMapping("/fresh")
    String fresh(Identity user) {
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

    @GetMapping("/asked")
    String asked(HttpServletRequest request) {
        return request.getRemoteUser() + " " + request.isUserInRole("keeper");
    }

    @GetMapping("/async")
    Callable<String> async(Identity user, HttpServletRequest request) {
        return () -> "later, " + user.subject() + " " + request.getRemoteUser();
    }

    @GetMapping("/breaks")
    void breaks(HttpServletResponse response) throws IOException {
        response.sendError(418);
    }
}
