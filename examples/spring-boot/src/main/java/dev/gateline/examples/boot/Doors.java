package dev.gateline.examples.boot;

import dev.gateline.Identity;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.http.Issued;
import dev.gateline.servlet.ServletAuth;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A login, a protected page, and a logout everywhere. */
@RestController
record Doors(Accounts accounts, Logins logins) {
    @PostMapping("/login")
    Outcome<Issued> login(@RequestParam String user, @RequestParam String password, ServletAuth door) {
        return accounts.verify(user, password, door).then(door::login);
    }

    @GetMapping(path = "/me", produces = "text/plain")
    String me(Identity user) {
        return "hello " + user.subject();
    }

    @PostMapping("/logout-everywhere")
    void logoutEverywhere(Identity user) {
        logins.endAll(user.subject());
    }
}
