package dev.gateline.kit;

import static dev.gateline.kit.Fault.END_ALL_MEANWHILE;
import static dev.gateline.kit.Fault.LOGIN_MEANWHILE;
import static dev.gateline.kit.Fault.LOGOUT_MEANWHILE;
import static dev.gateline.kit.Fault.RENEWAL_MEANWHILE;
import static dev.gateline.kit.Fixture.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginLimit;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** All operations of an authenticator, each with a check of its effect. */
final class Operations {
    private static final Fault[] SLOW = {LOGOUT_MEANWHILE, END_ALL_MEANWHILE, RENEWAL_MEANWHILE, LOGIN_MEANWHILE};

    private Operations() {}

    static List<Operation> all() {
        return Stream.of(logins(), questions(), trades(), endings())
                .flatMap(List::stream)
                .toList();
    }

    /** The faults of operations that read one login and answer with one login. */
    static List<Operation> ofOneLogin() {
        return Stream.of(questions(), trades(), endings())
                .flatMap(List::stream)
                .filter(operation -> !operation.name().equals("list"))
                .toList();
    }

    private static List<Operation> logins() {
        Login ada = Login.of("ada");
        return List.of(
                Operation.of("login", at -> login(at, ada), Operations::isOneMore),
                Operation.of("login into the last place", at -> login(at, ada), Operations::isOneMore)
                        .within(LoginLimit.refusingBeyond(3))
                        .without(LOGIN_MEANWHILE),
                Operation.of("login beyond the limit", Operations::loginBeyondLimit, Operations::isRefused)
                        .within(LoginLimit.refusingBeyond(2))
                        .without(LOGIN_MEANWHILE),
                Operation.of("login that ends the oldest", at -> login(at, ada), Operations::isInsteadOfMine)
                        .within(LoginLimit.endingOldestBeyond(2))
                        .without(LOGIN_MEANWHILE),
                Operation.of(
                        "login that replaces another",
                        at -> login(at, ada.replacing(at.mine().renewal())),
                        Operations::isInsteadOfMine));
    }

    private static void login(TwoNodes at, Login login) {
        at.trade(Outcome.accepted(at.here().login(login)));
    }

    private static void loginBeyondLimit(TwoNodes at) {
        try {
            login(at, Login.of("ada"));
        } catch (LoginRefusedException e) {
            at.trade(Outcome.rejected(Rejection.INSUFFICIENT));
        }
    }

    private static void isOneMore(TwoNodes at) {
        at.assertLive(accepted(at.traded()));
        at.assertLive(at.mine());
    }

    private static void isRefused(TwoNodes at) {
        TwoNodes.assertRefused(at.traded());
        at.assertLive(at.mine());
        assertThat(at.live())
                .containsExactlyInAnyOrder(at.mine().loginId(), at.other().loginId());
    }

    private static void isInsteadOfMine(TwoNodes at) {
        at.assertLive(accepted(at.traded()));
        at.assertOthersUnharmed();
        at.assertMineIsOver();
    }

    private static List<Operation> questions() {
        return List.of(
                ask("authenticate", at -> at.mine().access()),
                Operation.of(
                        "authenticate with an authoritative answer",
                        at -> at.see(at.here()
                                .authenticate(
                                        at.mine().access(), Requirement.none().authoritative())),
                        Operations::isMe),
                ask(
                                "authenticate for the first time after a renewal",
                                at -> at.mine().access())
                        .after(TwoNodes::renewMine),
                ask("authenticate with the predecessor", at -> at.first().access())
                        .after(TwoNodes::renewMine),
                askInVain("authenticate after logout", TwoNodes::here, Operations::loggedOutThere),
                askInVain(
                        "authenticate after the end of all",
                        TwoNodes::here,
                        at -> at.there().logins().endAll("ada")),
                askInVain("authenticate after expiry", TwoNodes::here, at -> at.advance(Fixture.IDLE)),
                askInVain("authenticate after logout at a new node", TwoNodes::another, Operations::loggedOutThere)
                        .without(SLOW),
                Operation.of(
                                "authenticate at a new node",
                                at -> at.see(at.another().authenticate(at.mine().access())),
                                Operations::isMe)
                        .without(SLOW),
                Operation.of("list", TwoNodes::list, at -> {
                            assertThat(at.listed())
                                    .containsExactlyInAnyOrder(
                                            at.mine().loginId(), at.other().loginId());
                            at.assertLive(at.mine());
                        })
                        .without(LOGIN_MEANWHILE));
    }

    private static Operation ask(String name, Function<TwoNodes, Credential> presented) {
        return Operation.of(name, at -> at.see(at.here().authenticate(presented.apply(at))), Operations::isMe);
    }

    private static Operation askInVain(String name, Function<TwoNodes, Authenticator> gate, Consumer<TwoNodes> ending) {
        return Operation.of(
                        name, at -> at.see(gate.apply(at).authenticate(at.mine().access())), Operations::isNobody)
                .after(ending);
    }

    private static void loggedOutThere(TwoNodes at) {
        at.useMine();
        at.there().logout(at.mine().renewal());
    }

    private static void isMe(TwoNodes at) {
        assertThat(accepted(at.identity()).loginId()).isEqualTo(at.mine().loginId());
        assertThat(accepted(at.identity()).subject()).isEqualTo("ada");
        at.assertLive(at.mine());
    }

    private static void isNobody(TwoNodes at) {
        TwoNodes.assertRefused(at.identity());
        at.assertMineIsOver();
    }

    private static List<Operation> trades() {
        return List.of(
                trade("renew", at -> at.here().renew(at.mine().renewal()), Operations::isOneSuccessor),
                trade(
                                "renew with the predecessor",
                                at -> at.here().renew(at.first().renewal()),
                                at -> {
                                    assertThat(accepted(at.traded()).renewal())
                                            .isEqualTo(at.mine().renewal());
                                    isOneSuccessor(at);
                                })
                        .after(TwoNodes::renewMine),
                trade(
                                "renew with one that was traded",
                                at -> at.here().renew(at.first().renewal()),
                                Operations::isOver)
                        .after(Operations::tradedLongAgo),
                trade("renew after logout", at -> at.here().renew(at.mine().renewal()), Operations::isOver)
                        .after(Operations::loggedOutThere),
                trade("renew after expiry", at -> at.here().renew(at.mine().renewal()), Operations::isOver)
                        .after(at -> at.advance(Fixture.IDLE)),
                trade(
                                "renew against the policy",
                                at -> at.here().renew(at.mine().renewal()),
                                Operations::isOver)
                        .after(TwoNodes::vetoRenewals),
                trade("refresh", at -> at.here().refresh(at.mine().renewal()), at -> {
                    at.assertLive(accepted(at.traded()));
                    at.assertLive(at.mine());
                }),
                trade("step up", at -> stepUp(at, "ada"), at -> {
                    at.assertLive(accepted(at.traded()));
                    TwoNodes.assertRefused(at.here().renew(at.mine().renewal()));
                    TwoNodes.assertRefused(at.there().renew(at.mine().renewal()));
                    TwoNodes.assertRefused(at.here().authenticate(at.mine().access()));
                    TwoNodes.assertRefused(at.there().authenticate(at.mine().access()));
                    at.assertLive(accepted(at.traded()));
                }),
                trade("step up as somebody else", at -> stepUp(at, "grace"), at -> {
                    TwoNodes.assertRefused(at.traded());
                    at.assertLive(at.mine());
                }));
    }

    private static Operation trade(String name, Function<TwoNodes, Outcome<Grant>> trade, Consumer<TwoNodes> done) {
        return Operation.of(name, at -> at.trade(trade.apply(at)), done);
    }

    private static Outcome<Grant> stepUp(TwoNodes at, String subject) {
        Login again = Login.builder(subject).methods("pwd", "otp").build();
        return at.here().reauthenticate(at.mine().renewal(), again);
    }

    private static void tradedLongAgo(TwoNodes at) {
        at.renewMine();
        at.useMine();
        accepted(at.there().refresh(at.mine().renewal()));
        at.advance(Fixture.THEFT);
    }

    /** A client that presents the traded ticket gets the same successor. After the grace, such a client is a thief. */
    private static void isOneSuccessor(TwoNodes at) {
        Grant successor = accepted(at.traded());
        assertThat(successor.loginId()).isEqualTo(at.first().loginId());
        for (Authenticator gate : List.of(at.here(), at.there())) {
            assertThat(accepted(gate.renew(at.first().renewal())).renewal()).isEqualTo(successor.renewal());
        }
        at.assertLive(successor);
        at.advance(Fixture.THEFT);
        at.assertLive(successor);
        Fixture.assertRejected(at.there().renew(at.first().renewal()), Rejection.REUSED);
        at.assertDeadForEver(at.first().loginId());
    }

    private static void isOver(TwoNodes at) {
        TwoNodes.assertRefused(at.traded());
        at.assertMineIsOver();
    }

    private static List<Operation> endings() {
        return List.of(
                end("log out", at -> at.here().logout(at.mine().renewal())),
                end(
                        "log out with the access credential",
                        at -> at.here().logout(at.mine().access())),
                end(
                                "log out with the predecessor",
                                at -> at.here().logout(at.first().renewal()))
                        .after(TwoNodes::renewMine),
                end(
                                "log out with one that has expired",
                                at -> at.here().logout(at.mine().renewal()))
                        .after(at -> at.advance(Fixture.IDLE)),
                end("end", at -> at.here().logins().end(at.mine().loginId())),
                end(
                        "end one's own",
                        at -> at.here().logins().end("ada", at.mine().loginId())),
                Operation.of(
                        "end somebody else's",
                        at -> assertThat(at.here()
                                        .logins()
                                        .end("grace", at.mine().loginId()))
                                .isFalse(),
                        at -> at.assertLive(at.mine())),
                end(
                        "end others",
                        at -> at.here().logins().endOthers("ada", at.other().loginId())),
                Operation.of("end all", Operations::endAll, at -> {
                    at.assertDeadForEver(at.other().loginId());
                    at.assertMineIsOver();
                }),
                Operation.of("end everybody", Operations::endEverybody, at -> {
                    at.assertDeadForEver(at.other().loginId());
                    at.assertDeadForEver(at.rowOfBystander().id());
                    at.assertMineIsOver();
                }));
    }

    private static Operation end(String name, Consumer<TwoNodes> ending) {
        return Operation.of(name, ending, TwoNodes::assertMineIsOver);
    }

    private static void endEverybody(TwoNodes at) {
        at.everybodyMayEnd();
        at.here().logins().endEverybody();
    }

    private static void endAll(TwoNodes at) {
        at.allMayEnd();
        at.here().logins().endAll("ada");
    }
}
