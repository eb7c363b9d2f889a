package dev.gateline.examples.parkgate;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The visitors whom the park knows. Their passwords are kept as Argon2id hashes. Thread-safe. */
final class Users {
    /** OWASP asks for at least 19 MiB, 2 iterations and 1 lane. */
    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private static final int SALT_BYTES = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Map<String, User> KNOWN = Map.of(
            "ada", new User("ada", List.of("keeper", "visitor"), hash("lovelace")),
            "grace", new User("grace", List.of("visitor"), hash("hopper")));

    private static final User NOBODY =
            new User("nobody", List.of(), hash(UUID.randomUUID().toString()));

    /** Each computation takes 19 MiB and a core. */
    private final Semaphore hashing;

    Users() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /**
     * The visitors, of whom so many can be verified at once.
     *
     * @param atOnce how many passwords are hashed at once; others wait, and are sent away if that takes too long
     */
    Users(int atOnce) {
        hashing = new Semaphore(atOnce);
    }

    /**
     * A visitor.
     *
     * @param name that they log in with
     * @param roles what they may do in the park
     * @param hash of their password
     */
    record User(String name, List<String> roles, String hash) {}

    private static String hash(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2).getResult();
    }

    /**
     * The user of this name, if the password is theirs. An unknown name takes as long as a wrong password.
     *
     * @throws BusyException if too many others are being verified
     */
    Optional<User> verify(String name, String password) {
        User user = KNOWN.getOrDefault(name, NOBODY);
        boolean right = matches(password, user.hash());
        return right && !user.equals(NOBODY) ? Optional.of(user) : Optional.empty();
    }

    private boolean matches(String password, String hash) {
        waitForAPlace();
        try {
            return Password.check(password, hash).with(ARGON2);
        } finally {
            hashing.release();
        }
    }

    private void waitForAPlace() {
        try {
            if (!hashing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        }
    }
}
