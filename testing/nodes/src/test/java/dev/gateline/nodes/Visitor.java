package dev.gateline.nodes;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import dev.gateline.nodes.KnownLogin.Held;
import dev.gateline.nodes.KnownLogin.Look;
import dev.gateline.session.AttributeKey;
import dev.gateline.session.SessionAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Shows whatever credentials there are, of live logins and of ended ones, and counts in their data. Used by one thread.
 */
final class Visitor {
    private static final AttributeKey<Long> COUNT = AttributeKey.of("count", Long.class);

    /** A credential that is about to expire proves nothing about anybody. */
    private static final Duration ABOUT_TO_EXPIRE = Duration.ofSeconds(70);

    private final Park park;
    private final List<Subject> subjects;
    private final Promises promises;
    private final Losses losses;
    private final Caller caller;
    private final Random random;

    Visitor(Park park, List<Subject> subjects, Promises promises, Losses losses, Caller caller, Random random) {
        this.park = park;
        this.subjects = subjects;
        this.promises = promises;
        this.losses = losses;
        this.caller = caller;
        this.random = random;
    }

    void act() {
        Subject subject = Subject.any(subjects, random);
        List<KnownLogin> live = subject.live();
        List<KnownLogin> all = random.nextInt(3) > 0 && !live.isEmpty() ? live : subject.logins();
        if (!all.isEmpty()) {
            act(Subject.any(all, random), park.any(random), random.nextInt(100));
        }
    }

    private void act(KnownLogin login, Node node, int what) {
        if (what < 12 && login.isLive()) {
            count(login, node);
        } else if (what < 24 && login.ending() != null) {
            renewInVain(login, node);
        } else if (login.isLive()) {
            show(login, node, what < 34);
        } else {
            show(login, Subject.any(login.held(), random), node, what < 34);
        }
    }

    /** Shows what its user would show now. */
    void show(KnownLogin login, Node node, boolean authoritative) {
        Look look = login.look();
        if (look.held().grant().accessExpiresAt().isAfter(Instant.now().plus(ABOUT_TO_EXPIRE))) {
            show(login, look.held(), node, authoritative)
                    .flatMap(Outcome::rejection)
                    .ifPresent(reason -> promises.refused(login, look, reason, node));
        }
    }

    private Optional<Outcome<Identity>> show(KnownLogin login, Held held, Node node, boolean authoritative) {
        Requirement requirement = authoritative ? Requirement.none().authoritative() : Requirement.none();
        long began = System.nanoTime();
        Optional<Outcome<Identity>> outcome = caller.call(
                login,
                node,
                authoritative ? "authenticate by the store" : "authenticate",
                () -> node.gate().authenticate(held.grant().access(), requirement));
        outcome.flatMap(Outcome::toOptional)
                .ifPresent(identity -> promises.accepted(login, held, identity, node, began));
        return outcome;
    }

    /** Everything that the users of an ended login ever held. */
    void showAll(KnownLogin login, Node node) {
        login.held().forEach(held -> show(login, held, node, false));
        renewInVain(login, node);
    }

    private void renewInVain(KnownLogin login, Node node) {
        long began = System.nanoTime();
        caller.call(
                        login,
                        node,
                        "renew",
                        () -> node.gate().renew(login.current().grant().renewal()))
                .flatMap(Outcome::toOptional)
                .ifPresent(grant -> promises.stillOpen(login, node, began));
    }

    private void count(KnownLogin login, Node node) {
        if (node.gate() instanceof SessionAuthenticator sessions) {
            Look look = login.look();
            login.beginCount();
            Optional<Outcome<Long>> outcome = caller.call(
                    login, node, "count", () -> sessions.data(login.id()).update(COUNT, 0L, number -> number + 1));
            outcome.flatMap(Outcome::toOptional).ifPresent(number -> {
                login.counted();
                promises.counts(login, number, login.countedBefore(look.at(), losses) + 1);
            });
            outcome.flatMap(Outcome::rejection).ifPresent(reason -> promises.refused(login, look, reason, node));
        }
    }

    /** Compares the data of a live login with what was acknowledged. */
    void lookAtCount(KnownLogin login, Node node) {
        if (node.gate() instanceof SessionAuthenticator sessions) {
            long began = System.nanoTime();
            caller.call(
                            login,
                            node,
                            "read the count",
                            () -> sessions.data(login.id()).find(COUNT).orElse(0L))
                    .filter(number -> login.isLive())
                    .ifPresent(number -> promises.counts(login, number, login.countedBefore(began, losses)));
        }
    }
}
