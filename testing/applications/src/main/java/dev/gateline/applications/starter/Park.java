package dev.gateline.applications.starter;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginInfo;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.applications.Users;
import dev.gateline.http.Issued;
import dev.gateline.servlet.ServletAuth;
import dev.gateline.spring.RequireLogin;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The pages with Gateline's starter. */
@SpringBootApplication
@RestController
public class Park {
    @Autowired
    Logins logins;

    public static void main(String[] args) {
        SpringApplication.run(Park.class, args);
    }

    @PostMapping("/login")
    Outcome<Issued> login(@RequestParam String username, @RequestParam String password, ServletAuth door) {
        return door.login(proved(username, password));
    }

    @PostMapping("/step-up")
    Outcome<Issued> stepUp(Identity user, @RequestParam String password, ServletAuth door) {
        return door.reauthenticate(proved(user.subject(), password));
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

    @GetMapping("/me")
    String me(Identity user) {
        return "hello " + user.subject();
    }

    @GetMapping("/admin")
    String admin(HttpServletRequest request) {
        if (!request.isUserInRole("admin")) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        return "the keys of the park";
    }

    @RequireLogin(within = "${park.fresh:5m}")
    @PostMapping("/transfer")
    String transfer() {
        return "done";
    }

    @GetMapping("/devices")
    List<Instant> devices(Identity user) {
        return logins.of(user.subject()).stream().map(LoginInfo::startedAt).toList();
    }

    @PostMapping("/logout-everywhere")
    void everywhere(Identity user) {
        logins.endAll(user.subject());
    }
}
