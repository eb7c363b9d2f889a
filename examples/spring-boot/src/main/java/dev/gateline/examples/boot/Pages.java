package dev.gateline.examples.boot;

import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.http.Issued;
import dev.gateline.servlet.ServletAuth;
import dev.gateline.spring.RequireLogin;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A step-up, the list of devices, and an administrator's page. */
@RestController
record Pages(Accounts accounts, Logins logins) {
    @GetMapping(path = "/", produces = "text/plain")
    String home(Optional<Identity> user) {
        return "hello " + user.map(Identity::subject).orElse("stranger");
    }

    @GetMapping(path = "/vault", produces = "text/plain")
    @RequireLogin(within = "5m")
    String vault() {
        return "the vault is open";
    }

    @PostMapping("/step-up")
    Outcome<Issued> stepUp(@RequestParam String password, Identity user, ServletAuth door) {
        return accounts.verify(user.subject(), password, door).then(door::reauthenticate);
    }

    @PostMapping("/logout")
    Outcome<LoginId> logout(ServletAuth door) {
        return door.logout();
    }

    @GetMapping("/devices")
    List<String> devices(Identity user) {
        return logins.of(user.subject()).stream().map(Pages::device).toList();
    }

    @GetMapping("/admin/{name}")
    List<String> devicesOf(@PathVariable String name, Identity user) {
        if (!user.roles().contains("keeper")) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        return logins.of(name).stream().map(Pages::device).toList();
    }

    private static String device(LoginInfo login) {
        return "since " + login.startedAt() + ", last seen at " + login.lastSeenAt();
    }
}
