package dev.gateline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnyOfTest {
    private static final LoginId ID = new LoginId("login");

    private final FakeAuthenticator sessions = new FakeAuthenticator("gs_");
    private final FakeAuthenticator tokens = new FakeAuthenticator("ey", "gr_");
    private final AnyOf both = AnyOf.of(sessions, tokens);

    @Test
    void authenticate_byPrefix_asksThatLaneOnly() {
        assertThat(both.authenticate(Credential.of("gr_ok")).toOptional()).isPresent();
        assertThat(both.authenticate(Credential.of("gs_bad")).rejection()).contains(Rejection.UNKNOWN);
        assertThat(tokens.calls).containsExactly("authenticate gr_ok");
        assertThat(sessions.calls).containsExactly("authenticate gs_bad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gx_ok", "g", "gs", "GS_ok", " gs_ok", "e", "null"})
    void all_ofNoLanesPrefix_isTheFirstLanesToReject(String text) {
        Credential credential = Credential.of(text);
        both.authenticate(credential);
        both.renew(credential);
        both.refresh(credential);
        both.logout(credential);
        assertThat(sessions.calls)
                .containsExactly("authenticate " + text, "renew " + text, "refresh " + text, "logout " + text);
        assertThat(tokens.calls).isEmpty();
    }

    @Test
    void all_ofALane_answerWithWhatTheLaneSays() {
        Credential ok = Credential.of("gs_ok");
        assertThat(both.login(Login.of("ada")).access()).isEqualTo(ok);
        assertThat(both.renew(ok).toOptional()).get().extracting(Grant::access).isEqualTo(ok);
        assertThat(both.refresh(ok).toOptional())
                .get()
                .extracting(Grant::access)
                .isEqualTo(ok);
        assertThat(both.reauthenticate(ok, Login.of("ada")).toOptional())
                .get()
                .extracting(Grant::access)
                .isEqualTo(ok);
        assertThat(both.logout(ok).toOptional()).contains(new LoginId("login"));

        sessions.renewalIsDue = true;
        assertThat(both.isRenewalDue(ok, identity("gs_"))).isTrue();
        assertThat(both.isRenewalDue(Credential.of("gr_ok"), identity("ey"))).isFalse();
    }

    /** The lane that starts the login ends the replaced one itself. */
    @Test
    void login_replacingALoginOfItsOwnLane_leavesItsEndToThatLane() {
        both.login(Login.builder("ada").replaces(Credential.of("gs_ok")).build());
        assertThat(sessions.calls).containsExactlyInAnyOrder("login ada", "logout gs_ok");
    }

    @Test
    void login_replacingWhatNoLaneReads_asksNoLaneToEndIt() {
        both.login(Login.builder("ada").replaces(Credential.of("gx_ok")).build());
        assertThat(sessions.calls).containsExactly("login ada");
        assertThat(tokens.calls).isEmpty();
    }

    @Test
    void onEnded_oneLaneFails_listensAtNone() {
        tokens.down = true;
        assertThatThrownBy(() -> both.onEnded(ending -> {})).isInstanceOf(AuthUnavailableException.class);
        assertThat(sessions.calls).containsExactly("onEnded", "ended listening");
    }

    @Test
    void onEnded_closedWhileOneLaneFails_isClosedInTheOther() {
        Verifier.Listening listening = both.onEnded(ending -> {});
        sessions.down = true;
        assertThatThrownBy(listening::close).isInstanceOf(AuthUnavailableException.class);
        assertThat(tokens.calls).containsExactly("onEnded", "ended listening");
    }

    @Test
    void recheck_identityOfALane_isAnsweredByItAndOthersAreUnknown() {
        assertThat(both.recheck(identity("ey")).toOptional()).isPresent();
        assertThat(both.recheck(identity("another")).rejection()).contains(Rejection.UNKNOWN);
    }

    @Test
    void renewReauthenticateAndLogout_goToTheLaneOfThePrefix() {
        both.renew(Credential.of("gr_ok"));
        both.reauthenticate(Credential.of("gs_ok"), Login.of("ada"));
        both.logout(Credential.of("ey.ok"));
        assertThat(tokens.calls).containsExactly("renew gr_ok", "logout ey.ok");
        assertThat(sessions.calls).containsExactly("reauthenticate gs_ok");
    }

    @Test
    void login_startsInTheFirstLaneAndEndsWhatItReplacesInAny() {
        both.login(Login.builder("ada").replaces(Credential.of("gr_ok")).build());
        assertThat(tokens.calls).containsExactly("logout gr_ok");
        assertThat(sessions.calls).containsExactly("login ada");
    }

    @Test
    void login_replacedCantBeEnded_isTakenBack() {
        tokens.down = true;
        assertThatThrownBy(() -> both.login(
                        Login.builder("ada").replaces(Credential.of("gr_ok")).build()))
                .isInstanceOf(AuthUnavailableException.class);
        assertThat(sessions.calls).hasSize(2).first().isEqualTo("login ada");
        assertThat(sessions.calls.get(1)).startsWith("logout ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs_", "g", "gs_x", "", "ey", "eyJ", "gr_"})
    void of_overlappingPrefix_isRefused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyOf.of(sessions, tokens, new FakeAuthenticator(prefix)))
                .withMessageContaining("'" + prefix + "'");
    }

    @Test
    void prefixes_areThoseOfAllLanes() {
        assertThat(both.prefixes()).containsExactlyInAnyOrder("gs_", "ey", "gr_");
    }

    @Test
    void loginsOf_allLanes_areMergedNewestFirst() {
        sessions.listed.addAll(List.of(info("a", 5), info("b", 1)));
        tokens.listed.addAll(List.of(info("c", 7), info("d", 3)));
        assertThat(both.logins().of("ada"))
                .extracting(login -> login.id().value())
                .containsExactly("c", "a", "d", "b");
    }

    private static Identity identity(String realm) {
        Instant now = FakeAuthenticator.NOW;
        return new Identity("ada", ID, now, now, now.plusSeconds(60), List.of(), Claims.none(), realm, 0, 0, "");
    }

    private static LoginInfo info(String id, long startedAt) {
        Instant at = Instant.ofEpochSecond(startedAt);
        return new LoginInfo(new LoginId(id), "ada", at, at, at, at, List.of(), "", false);
    }

    static List<Consumer<AnyOf>> endings() {
        return List.of(
                all -> all.logins().end(ID),
                all -> all.logins().endAll("ada"),
                all -> all.logins().endEverybody(),
                all -> all.logins().endOthers("ada", ID),
                AnyOf::close);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void ending_oneLaneDown_isDoneInTheOtherAndThrows(Consumer<AnyOf> ending) {
        for (boolean first : new boolean[] {true, false}) {
            sessions.down = first;
            tokens.down = !first;
            sessions.calls.clear();
            tokens.calls.clear();
            assertThatThrownBy(() -> ending.accept(both))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasNoSuppressedExceptions();
            assertThat(sessions.calls).hasSize(1).isEqualTo(tokens.calls);
        }
    }

    @ParameterizedTest
    @MethodSource("endings")
    void ending_allLanesDown_throwsOnceWithAllFailures(Consumer<AnyOf> ending) {
        sessions.down = true;
        tokens.down = true;
        assertThatThrownBy(() -> ending.accept(both))
                .hasMessageContaining("gs_")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessageContaining("ey")));
    }

    @Test
    void loginsOf_aLaneDown_isAnOutageAndNotAShorterList() {
        tokens.down = true;
        assertThatThrownBy(() -> both.logins().of("ada")).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void endForASubject_someoneElsesLogin_endsNothing() {
        assertThat(both.logins().end("ada", ID)).isFalse();
        assertThat(sessions.calls).doesNotContain("end ada other");
        tokens.listed.add(info("login", 1));
        assertThat(both.logins().end("ada", ID)).isTrue();
        assertThat(tokens.calls).contains("end ada login");
    }
}
