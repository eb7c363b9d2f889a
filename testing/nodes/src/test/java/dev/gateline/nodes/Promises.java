package dev.gateline.nodes;

import dev.gateline.Identity;
import dev.gateline.Rejection;
import dev.gateline.nodes.KnownLogin.Ending;
import dev.gateline.nodes.KnownLogin.Held;
import dev.gateline.nodes.KnownLogin.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares each answer with what is promised, given what users were told before. Thread-safe. */
final class Promises {
    /** So many are told with their histories. */
    private static final int MOST_TOLD = 8;

    private static final Instant FIRST_PROOF = Instant.parse("2020-01-01T00:00:00Z");

    private final Losses losses;
    private final History faults;
    private final long origin = System.nanoTime();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Set<History> known = ConcurrentHashMap.newKeySet();
    private final AtomicInteger broken = new AtomicInteger();

    Promises(Losses losses, History faults) {
        this.losses = losses;
        this.faults = faults;
    }

    /** When the user proved who they are: a moment that tells one proof from all others. */
    static Instant momentOf(int proof) {
        return FIRST_PROOF.plusSeconds(proof);
    }

    /** Somebody was let in with an access credential. */
    void accepted(KnownLogin login, Held held, Identity identity, Node node, long began) {
        stillOpen(login, node, began);
        boolean same =
                identity.subject().equals(login.subject()) && identity.loginId().equals(login.id());
        if (!same) {
            broken("taken for somebody else", login);
        }
        boolean asProved = identity.authenticatedAt().equals(momentOf(held.proof()))
                && identity.claims().number("proof").orElse(-1) == held.proof();
        if (same && !asProved) {
            broken("accepted with claims or a time of proof that are not those of the credential", login);
        }
    }

    /** A credential was good for something: then the login may not have ended before. */
    void stillOpen(KnownLogin login, Node node, long began) {
        Ending ending = login.ending();
        if (ending == null) {
            return;
        }
        long since = began - ending.at();
        boolean knew = node.equals(ending.node());
        if (since > (knew ? 0 : Park.MAX_STALENESS.toNanos())) {
            broken("accepted by " + node + " " + Duration.ofNanos(since) + " after it had ended", login);
        }
    }

    /** Somebody was refused who showed what its user held, unless that has changed meanwhile. */
    void refused(KnownLogin login, Look look, Rejection reason, Node node) {
        if (login.isAsOf(look) && isEndedByAStepUp(login, reason)) {
            login.lose();
        } else if (login.isAsOf(look)) {
            refusedToUser(login, look, reason, node);
        }
    }

    /** A step-up without an answer may have ended the access tokens of before, also if it was undone. */
    private static boolean isEndedByAStepUp(KnownLogin login, Rejection reason) {
        return reason == Rejection.REVOKED && login.isInDoubt();
    }

    /** The one who changes the login was refused. */
    void refusedToUser(KnownLogin login, Look look, Rejection reason, Node node) {
        if (!login.isLive() || isOfAWrongClock(reason, node, look.at())) {
            return;
        }
        if (!mayBeLost(login, reason)) {
            broken("refused as " + reason + " by " + node + ", although nobody has ended it", login);
        }
        login.lose();
    }

    private static boolean isOfAWrongClock(Rejection reason, Node node, long since) {
        Set<Rejection> ofTime = EnumSet.of(Rejection.EXPIRED, Rejection.NOT_YET_VALID);
        return ofTime.contains(reason) && node.clock().wasWrongSince(since);
    }

    /** A token whose login the store has no more counts as revoked if the store is asked. */
    private boolean mayBeLost(KnownLogin login, Rejection reason) {
        Set<Rejection> ofLoss = EnumSet.of(Rejection.UNKNOWN, Rejection.REVOKED);
        return (ofLoss.contains(reason) && losses.mayCover(login.writtenAt()))
                || (reason == Rejection.UNKNOWN && login.isInDoubt());
    }

    /** An ending that says whether it found the login. */
    void found(KnownLogin login, boolean found) {
        if (!found && !losses.mayCover(login.writtenAt())) {
            broken("not found by its subject and id, although nobody has ended it", login);
        }
    }

    void twoTabs(KnownLogin login, Held one, Held other) {
        if (!one.grant().renewal().equals(other.grant().renewal())) {
            broken("two tabs were told different things", login);
        }
    }

    void reused(KnownLogin login) {
        if (login != null && login.isLive()) {
            broken("taken for stolen", login);
        }
    }

    /** The count in the data of a login, after {@code before} counts had been acknowledged. */
    void counts(KnownLogin login, long value, long before) {
        if (value < before || value > login.countsBegun()) {
            broken(
                    "counts " + value + " after " + before + " were acknowledged and " + login.countsBegun() + " begun",
                    login);
        }
    }

    void failed(List<History> histories, RuntimeException failure) {
        broken("failed with " + failure, histories.isEmpty() ? new History() : histories.get(0));
    }

    void limit(String subject, int logins, int most) {
        if (logins > most) {
            broken(logins + " logins of " + subject + ", at most " + most + " are allowed", new History());
        }
    }

    private void broken(String what, KnownLogin login) {
        broken(what + " (" + login.id() + " of " + login.subject() + ")", login.history());
    }

    /** A login counts once: what follows from it is no news. */
    private void broken(String what, History history) {
        if (known.add(history) && broken.incrementAndGet() <= MOST_TOLD) {
            double at = (System.nanoTime() - origin) / 1e9;
            told.add(String.format("%.3f s: %s%n%s", at, what, history.print(faults, origin)));
        }
    }

    /** Of how many logins a promise was broken. */
    int broken() {
        return broken.get();
    }

    /** The first violations, each with what happened to the login. */
    List<String> told() {
        return List.copyOf(told);
    }
}
