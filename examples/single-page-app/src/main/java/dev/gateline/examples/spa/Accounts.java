package dev.gateline.examples.spa;

import com.password4j.Password;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.util.Map;

/** The users, whose passwords are kept as hashes. Thread-safe. */
final class Accounts {
    private static final Map<String, String> HASHES =
            Map.of("ada", Password.hash("lovelace").addRandomSalt().withArgon2().getResult());
    private static final String OF_NOBODY =
            Password.hash("nobody").addRandomSalt().withArgon2().getResult();

    private Accounts() {}

    /** An unknown name takes as long as a wrong password. */
    static Outcome<Login> verify(String user, String password) {
        boolean right =
                Password.check(password, HASHES.getOrDefault(user, OF_NOBODY)).withArgon2();
        return right && HASHES.containsKey(user)
                ? Outcome.accepted(Login.builder(user).methods("pwd").build())
                : Outcome.rejected(Rejection.MISSING);
    }
}
