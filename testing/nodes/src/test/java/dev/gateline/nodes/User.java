package dev.gateline.nodes;

import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.kit.Race;
import dev.gateline.nodes.KnownLogin.Held;
import dev.gateline.nodes.KnownLogin.Look;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Changes the logins of some subjects, one thing at a time but for races, and does nothing wrong: shows credentials in
 * their order, and comes back with what it holds after a call without an answer. Used by one thread.
 */
final class User {
    /** How many logins a subject may have. */
    static final int MOST_LOGINS = 5;

    private static final AtomicInteger PROOFS = new AtomicInteger();

    private final Park park;
    private final List<Subject> subjects;
    private final Promises promises;
    private final Losses losses;
    private final Caller caller;
    private final Random random;

    User(Park park, List<Subject> subjects, Promises promises, Losses losses, Caller caller, Random random) {
        this.park = park;
        this.subjects = subjects;
        this.promises = promises;
        this.losses = losses;
        this.caller = caller;
        this.random = random;
    }

    void act() {
        Subject subject = Subject.any(subjects, random);
        Node node = park.any(random);
        List<KnownLogin> inDoubt = subject.inDoubt();
        List<KnownLogin> live = subject.live();
        if (!inDoubt.isEmpty() && random.nextInt(3) == 0) {
            KnownLogin login = Subject.any(inDoubt, random);
            logout(login, login.current().grant().access(), node);
        } else if (live.isEmpty()) {
            login(subject, node);
        } else {
            act(subject, Subject.any(live, random), node, random.nextInt(100));
        }
    }

    private void act(Subject subject, KnownLogin login, Node node, int what) {
        Grant grant = login.current().grant();
        if (what < 14) {
            login(subject, node);
        } else if (what < 18) {
            loginReplacing(subject, login, node);
        } else if (what < 21) {
            loginEverywhere(subject);
        } else if (what < 45) {
            renew(login, node);
        } else if (what < 53) {
            renewInTwoTabs(login);
        } else if (what < 60) {
            refresh(login, node);
        } else if (what < 73) {
            stepUp(login, node);
        } else if (what < 77) {
            stepUpAndLogout(login);
        } else if (what < 82) {
            logout(login, grant.access(), node);
        } else if (what < 86) {
            logout(login, grant.renewal(), node);
        } else if (what < 89) {
            end(login, node);
        } else if (what < 93) {
            endOwn(login, node);
        } else if (what < 96) {
            endOthers(subject, login, node);
        } else {
            endAll(subject, node);
        }
    }

    private static Login proof(String subject, int number) {
        return Login.builder(subject)
                .claim("proof", number)
                .authenticatedAt(Promises.momentOf(number))
                .build();
    }

    private Optional<Grant> login(Subject subject, Node node) {
        int proof = PROOFS.incrementAndGet();
        return login(subject, node, "login", proof(subject.name(), proof), proof);
    }

    private Optional<Grant> login(Subject subject, Node node, String what, Login login, int proof) {
        History history = new History();
        Optional<Grant> granted =
                caller.call(List.of(history), node, what, () -> node.gate().login(login));
        granted.ifPresent(grant -> subject.add(new KnownLogin(subject.name(), grant, proof, history)));
        return granted;
    }

    private void loginReplacing(Subject subject, KnownLogin old, Node node) {
        int proof = PROOFS.incrementAndGet();
        old.askEnd();
        Login login =
                proof(subject.name(), proof).replacing(old.current().grant().renewal());
        long began = System.nanoTime();
        Optional<Grant> granted = login(subject, node, "login in place of " + old.id(), login, proof);
        old.history().add(began, node, "login in its place", granted.isPresent() ? "done" : "no answer or no room");
        if (granted.isPresent() && isProvable(old)) {
            old.ended(node);
        }
    }

    /** Whether the store is sure to have what it takes to prove the current credentials. */
    private boolean isProvable(KnownLogin login) {
        return !login.isInDoubt() && !losses.mayCover(login.writtenAt());
    }

    /** More of them at the same moment than there is room for. */
    private void loginEverywhere(Subject subject) {
        Function<Node, Optional<Grant>> login = node -> login(subject, node);
        Race.run(anywhere(login), anywhere(login), anywhere(login));
    }

    private <T> Callable<T> anywhere(Function<Node, T> action) {
        Node node = park.any(random);
        return () -> action.apply(node);
    }

    void renew(KnownLogin login, Node node) {
        login.change(() -> renewed(login, node).ifPresent(held -> login.hold(held.grant(), held.proof())));
    }

    private Optional<Held> renewed(KnownLogin login, Node node) {
        return traded(login, node, "renew", node.gate()::renew);
    }

    private Optional<Held> traded(
            KnownLogin login, Node node, String what, Function<Credential, Outcome<Grant>> trade) {
        Held held = login.current();
        Look look = login.look();
        Optional<Outcome<Grant>> outcome =
                caller.call(login, node, what, () -> trade.apply(held.grant().renewal()));
        outcome.flatMap(Outcome::rejection).ifPresent(reason -> promises.refusedToUser(login, look, reason, node));
        return outcome.flatMap(Outcome::toOptional).map(grant -> new Held(grant, held.proof()));
    }

    private void renewInTwoTabs(KnownLogin login) {
        login.change(() -> {
            Function<Node, Optional<Held>> renewal = node -> renewed(login, node);
            List<Held> both = Race.run(anywhere(renewal), anywhere(renewal)).stream()
                    .flatMap(Optional::stream)
                    .toList();
            both.stream().findFirst().ifPresent(held -> login.hold(held.grant(), held.proof()));
            if (both.size() == 2) {
                promises.twoTabs(login, both.get(0), both.get(1));
            }
        });
    }

    private void refresh(KnownLogin login, Node node) {
        login.change(() -> traded(login, node, "refresh", node.gate()::refresh)
                .ifPresent(held -> login.hold(held.grant(), held.proof())));
    }

    private void stepUp(KnownLogin login, Node node) {
        login.change(() -> provedAgain(login, node).ifPresent(held -> login.hold(held.grant(), held.proof())));
    }

    private Optional<Held> provedAgain(KnownLogin login, Node node) {
        int proof = PROOFS.incrementAndGet();
        Held held = login.current();
        Look look = login.look();
        Optional<Outcome<Grant>> outcome = caller.call(
                login,
                node,
                "step up",
                () -> node.gate().reauthenticate(held.grant().renewal(), proof(login.subject(), proof)));
        outcome.ifPresentOrElse(
                said -> said.rejection().ifPresent(reason -> promises.refusedToUser(login, look, reason, node)),
                login::doubt);
        return outcome.flatMap(Outcome::toOptional).map(grant -> new Held(grant, proof));
    }

    /** The credential may be worth nothing as logout looks at it. */
    private void stepUpAndLogout(KnownLogin login) {
        login.askEnd();
        Credential access = login.current().grant().access();
        Node here = park.any(random);
        Node there = park.any(random);
        List<Boolean> ended = Race.run(
                () -> {
                    provedAgain(login, there).ifPresent(held -> login.hold(held.grant(), held.proof()));
                    return false;
                },
                () -> caller.call(login, here, "logout", () -> hasEnded(here.gate(), access))
                        .orElse(false));
        if (ended.contains(true)) {
            login.ended(here);
        }
    }

    private void logout(KnownLogin login, Credential credential, Node node) {
        end(List.of(login), node, "logout", () -> hasEnded(node.gate(), credential));
    }

    /** Logs out. Returns whether the login has ended: that is known if the credential proved it. */
    private static boolean hasEnded(Authenticator gate, Credential credential) {
        return gate.logout(credential).toOptional().isPresent();
    }

    private void end(KnownLogin login, Node node) {
        end(List.of(login), node, "end", () -> {
            node.gate().logins().end(login.id());
            return true;
        });
    }

    private void endOwn(KnownLogin login, Node node) {
        boolean wasLive = login.isLive();
        end(List.of(login), node, "end own", () -> {
            boolean found = node.gate().logins().end(login.subject(), login.id());
            if (wasLive) {
                promises.found(login, found);
            }
            return found;
        });
    }

    private void endOthers(Subject subject, KnownLogin keep, Node node) {
        LoginId id = keep.id();
        Predicate<KnownLogin> isListed = login -> !login.equals(keep) && !losses.mayCover(login.writtenAt());
        end(subject.logins().stream().filter(isListed).toList(), node, "end all but " + id, () -> {
            node.gate().logins().endOthers(subject.name(), id);
            return true;
        });
    }

    private void endAll(Subject subject, Node node) {
        boolean answered = end(List.copyOf(subject.logins()), node, "end all", () -> {
            node.gate().logins().endAll(subject.name());
            return true;
        });
        if (!answered) {
            subject.mayBeEnded();
        }
    }

    private boolean end(List<KnownLogin> all, Node node, String what, Supplier<Boolean> call) {
        List<KnownLogin> logins =
                all.stream().filter(login -> login.ending() == null).toList();
        logins.forEach(KnownLogin::askEnd);
        List<History> histories = logins.stream().map(KnownLogin::history).toList();
        boolean ended = caller.call(histories, node, what, call).orElse(false);
        if (ended) {
            logins.forEach(login -> login.ended(node));
        }
        return ended;
    }
}
