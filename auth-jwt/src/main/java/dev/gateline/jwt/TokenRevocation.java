package dev.gateline.jwt;

import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Requirement;
import dev.gateline.Verifier.Listening;
import dev.gateline.engine.EndingFeed;
import dev.gateline.engine.Reach;
import dev.gateline.engine.Reporter;
import dev.gateline.store.Revocable;
import dev.gateline.store.RevocationStore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The revocations of access tokens: of one token, of a login, or of all logins of a subject. Without a store there are
 * none, and tokens live until they expire. Thread-safe.
 */
final class TokenRevocation {
    private final @Nullable RevocationStore store;
    private final @Nullable EndingFeed endings;
    private final Reporter reporter;

    /**
     * Creates the revocations of a realm.
     *
     * @param store the store; null if there is no source of revocations
     */
    TokenRevocation(String realm, @Nullable RevocationStore store, Reporter reporter) {
        this.store = store;
        this.reporter = reporter;
        endings = store == null ? null : new EndingFeed(realm, store);
    }

    /** Whether there is a store to give an authoritative answer, if one is required. */
    boolean canAnswer(Requirement requirement) {
        return store != null || !requirement.isAuthoritative();
    }

    boolean isRevoked(Revocable revocable, Reach reach) {
        RevocationStore asked = store;
        if (asked == null) {
            return false;
        }
        return reporter.orUnavailable("look for a revocation", () -> reach.isRevoked(asked, revocable));
    }

    /**
     * Whether the login of an identity has ended, or the tokens of its proof. A token that stands alone has no login
     * whose step-ups could end it.
     *
     * @param subject the subject without the prefix
     */
    boolean isEnded(Identity identity, String subject, Requirement requirement) {
        LoginId id = identity.loginId();
        String tokens = Revocable.tokensKey(id, identity.stepUps());
        Revocable revocable = new Revocable(identity.realm(), "", tokens, id.value(), subject, identity.epoch());
        return isRevoked(revocable, Reach.of(requirement));
    }

    boolean tellsOfEndings() {
        return endings != null;
    }

    /**
     * Reports each login and each subject that ends.
     *
     * @throws IllegalStateException if there is no store that could report endings
     */
    Listening onEnded(Consumer<Ending> listener) {
        if (endings == null) {
            throw new IllegalStateException("a verifier hears of endings by revocations(...) only");
        }
        return endings.subscribe(listener);
    }
}
