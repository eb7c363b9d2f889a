package dev.gateline.examples.boot;

import com.password4j.Password;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The users, whose passwords are kept as hashes. Thread-safe. */
@Component
class Accounts {
    private static final Map<String, Account> KNOWN = Map.of(
            "ada", new Account(hash("lovelace"), List.of("keeper")), "grace", new Account(hash("hopper"), List.of()));
    private static final Account NOBODY = new Account(hash("nobody"), List.of());

    private final HttpServletRequest request;

    /**
     * Begins with the users that are known.
     *
     * @param request Spring's proxy of the request that the thread serves
     */
    Accounts(HttpServletRequest request) {
        this.request = request;
    }

    private record Account(String hash, List<String> roles) {}

    private static String hash(String password) {
        return Password.hash(password).addRandomSalt().withArgon2().getResult();
    }

    /** The password is looked at last: neither may another site make a browser guess, nor anybody guess often. */
    Outcome<Login> verify(String user, String password, ServletAuth door) {
        LoginAttempt attempt = LoginAttempt.of(user).from(request.getRemoteAddr());
        Optional<Rejection> refusal = door.checkLogin(attempt);
        if (refusal.isPresent()) {
            return Outcome.rejected(refusal.get());
        }
        // an unknown name takes as long as a wrong password
        Account account = KNOWN.getOrDefault(user, NOBODY);
        if (!Password.check(password, account.hash()).withArgon2() || account.equals(NOBODY)) {
            return Outcome.rejected(Rejection.MISSING);
        }
        door.succeeded(attempt);
        return Outcome.accepted(Login.builder(user)
                .methods("pwd")
                .claim("roles", account.roles())
                .build());
    }
}
