package dev.gateline.kit;

import static dev.gateline.kit.Fixture.accepted;
import static dev.gateline.kit.Fixture.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.Claims;
import dev.gateline.ClientInfo;
import dev.gateline.Credential;
import dev.gateline.EndReason;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cases of login and authentication. */
interface LoginCases extends Fixtures {

    @Test
    default void authenticate_afterLogin_isTheIdentityThatLoggedIn() {
        Fixture at = fixture();
        Login login = Login.builder("ada")
                .methods("pwd", "otp")
                .claim("roles", List.of("keeper"))
                .build();
        Grant grant = at.gate().login(login);

        Identity identity = at.identity(grant);

        assertThat(identity.subject()).isEqualTo("ada");
        assertThat(identity.getName()).isEqualTo("ada");
        assertThat(identity.loginId()).isEqualTo(grant.loginId());
        assertThat(identity.methods()).containsExactly("pwd", "otp");
        assertThat(identity.claims().texts("roles")).containsExactly("keeper");
        assertThat(identity.authenticatedAt()).isEqualTo(at.now());
        assertThat(identity.issuedAt()).isEqualTo(at.now());
        assertThat(identity.expiresAt()).isEqualTo(grant.accessExpiresAt()).isAfter(at.now());
    }

    @Test
    default void authenticate_claimsOfEveryType_comeBackEqual() {
        Fixture at = fixture();
        Login login = Login.builder("ada")
                .claim("text", "Zoë \uD83C\uDFA1 \"quoted\" \\ \n")
                .claim("whole", 42)
                .claim("large", Long.MAX_VALUE)
                .claim("fraction", new BigDecimal("0.1"))
                .claim("double", 2.5)
                .claim("flag", true)
                .claim("list", List.of("a", 1, false, List.of()))
                .claim("empty text", "")
                .claim("empty list", List.of())
                .claim("empty map", Map.of())
                .claim("inside", Map.of(" nbf", ""))
                .claim("zoë\u00a0", "a name that is not ASCII")
                .claim("map", Map.of("inner", Map.of("deep", "value")))
                .build();

        Identity identity = at.identity(at.gate().login(login));

        assertThat(identity.claims()).isEqualTo(login.claims());
        assertThat(identity.claims().number("whole")).hasValue(42);
    }

    @Test
    default void authenticate_subjectOf255UnicodeCharacters_comesBackEqual() {
        Fixture at = fixture();
        String subject = "é".repeat(255);

        assertThat(at.identity(at.login(subject)).subject()).isEqualTo(subject);
    }

    @Test
    default void login_largestClaims_isAcceptedAndComesBack() {
        Fixture at = fixture();
        Login login = Login.builder("ada")
                .claim("note", "x".repeat(Login.MAX_CLAIMS_SIZE - 20))
                .build();

        assertThat(at.identity(at.gate().login(login)).claims()).isEqualTo(login.claims());
    }

    @Test
    default void login_largestClaimsBeyondTheBasicPlane_isAcceptedAndComesBack() {
        Fixture at = fixture();
        String wheel = "\uD83C\uDFA1";
        String role = wheel.repeat(100);
        int rest = Login.MAX_CLAIMS_SIZE
                - Claims.of(Map.of("roles", List.of(role, role), wheel, "")).size();
        Login login = Login.builder(wheel.repeat(127) + "a")
                .claim("roles", List.of(role, role))
                .claim(wheel, wheel.repeat(rest / 4) + "a".repeat(rest % 4))
                .build();
        assertThat(login.claims().size()).isEqualTo(Login.MAX_CLAIMS_SIZE);

        Grant grant = at.gate().login(login);

        Identity identity = at.identity(grant);
        assertThat(identity.subject()).isEqualTo(login.subject());
        assertThat(identity.claims()).isEqualTo(login.claims());
        assertThat(identity.roles()).containsExactly(role);
        assertThat(at.identity(accepted(at.gate().renew(grant.renewal()))).claims())
                .isEqualTo(login.claims());
    }

    @Test
    default void login_twice_areTwoLoginsWithSecretsOfTheirOwn() {
        Fixture at = fixture();

        Grant one = at.login("ada");
        Grant two = at.login("ada");

        assertThat(one.loginId()).isNotEqualTo(two.loginId());
        assertThat(one.access()).isNotEqualTo(two.access());
        assertThat(one.renewal()).isNotEqualTo(two.renewal());
        at.assertLive(one);
        at.assertLive(two);
    }

    @Test
    default void login_replacingAccess_endsTheLoginThatItReplaces() {
        Fixture at = fixture();
        Grant old = at.login("ada");

        Grant fresh = at.gate().login(Login.of("ada").replacing(old.access()));

        at.assertDead(old);
        at.assertLive(fresh);
        assertThat(fresh.loginId()).isNotEqualTo(old.loginId());
    }

    @Test
    default void login_replacingAnothersRenewal_endsThatToo() {
        Fixture at = fixture();
        Grant old = at.login("grace");

        at.gate().login(Login.of("ada").replacing(old.renewal()));

        at.assertDead(old);
    }

    @Test
    default void login_replacingGarbage_startsAllTheSame() {
        Fixture at = fixture();

        Grant grant = at.gate().login(Login.of("ada").replacing(Credential.of("garbage")));

        at.assertLive(grant);
    }

    @Test
    default void login_provedEarlier_isNotFresh() {
        Fixture at = fixture();
        Instant earlier = at.now().minus(Duration.ofHours(1));

        Grant grant =
                at.gate().login(Login.builder("ada").authenticatedAt(earlier).build());

        assertThat(at.identity(grant).authenticatedAt()).isEqualTo(earlier);
    }

    @Test
    default void login_provedInTheFuture_countsAsNow() {
        Fixture at = fixture();
        Login login = Login.builder("ada")
                .authenticatedAt(at.now().plus(Duration.ofHours(1)))
                .build();

        assertThat(at.identity(at.gate().login(login)).authenticatedAt()).isEqualTo(at.now());
    }

    @Test
    default void login_remembered_saysSoInTheGrant() {
        Fixture at = fixture();

        assertThat(at.gate()
                        .login(Login.builder("ada").remembered(true).build())
                        .remembered())
                .isTrue();
        assertThat(at.login("ada").remembered()).isFalse();
    }

    @Test
    default void authenticate_justBeforeExpiry_isAccepted() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.advanceTo(grant.accessExpiresAt().minusMillis(1));

        at.assertLive(grant);
    }

    @Test
    default void authenticate_atExpiry_isExpired() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.advanceTo(grant.accessExpiresAt());

        assertRejected(at.gate().authenticate(grant.access()), Rejection.EXPIRED);
    }

    @Test
    default void authenticate_oneSecondAfterExpiry_isExpired() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.advanceTo(grant.accessExpiresAt().plusSeconds(1));

        assertRejected(at.gate().authenticate(grant.access()), Rejection.EXPIRED);
    }

    @Test
    default void authenticate_badInput_isRejectedAndNeverThrows() {
        Fixture at = fixture();
        List<String> malformed = List.of(
                "",
                " ",
                ".",
                "..",
                "...",
                "a.b.c",
                "null",
                "\u0000",
                "gs_",
                "gr_",
                "gs_.",
                "gs_" + "A".repeat(22) + "." + "A".repeat(42),
                "gs_" + "A".repeat(22) + "." + "A".repeat(42) + "=",
                "gr_" + "é".repeat(22) + "." + "A".repeat(43),
                "gs_" + "A".repeat(22) + "." + "A".repeat(41) + "\uD83D\uDE00",
                "gr_" + "A".repeat(22) + "." + "A".repeat(41) + "\uD83D\uDE00",
                "gr_" + "\uD83D\uDE00".repeat(33),
                "eyJhbGciOiJub25lIn0.e30.",
                "ey" + ".".repeat(1000),
                "\r\nSet-Cookie: a=b",
                "{\"access_token\":1}",
                "\uD800");

        for (String text : malformed) {
            assertRejected(at.gate().authenticate(Credential.of(text)), Rejection.MALFORMED, Rejection.WRONG_TYPE);
            assertRejected(at.gate().renew(Credential.of(text)), Rejection.MALFORMED);
            assertRejected(at.gate().reauthenticate(Credential.of(text), Login.of("ada")), Rejection.MALFORMED);
            at.gate().logout(Credential.of(text));
        }
    }

    @Test
    default void authenticate_over8KiB_isTooLarge() {
        Fixture at = fixture();
        Credential huge = Credential.of("g".repeat(Credential.MAX_LENGTH + 1));

        assertRejected(at.gate().authenticate(huge), Rejection.TOO_LARGE);
        assertRejected(at.gate().renew(huge), Rejection.TOO_LARGE);
    }

    @Test
    default void authenticate_tamperedInAnyPosition_isRejected() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        String text = grant.access().reveal();

        for (int i = 0; i < text.length(); i++) {
            for (char c : new char[] {'A', 'B', '.', '=', '\u0000', 'é'}) {
                String tampered = text.substring(0, i) + c + text.substring(i + 1);
                if (!tampered.equals(text)) {
                    assertThat(at.gate().authenticate(Credential.of(tampered)).toOptional())
                            .as("position %d as '%s'", i, c)
                            .isEmpty();
                }
            }
            String emoji = text.substring(0, i) + "\uD83D\uDE00" + text.substring(Math.min(i + 2, text.length()));
            assertThat(at.gate().authenticate(Credential.of(emoji)).toOptional())
                    .as("position %d as two surrogates", i)
                    .isEmpty();
        }
        at.assertLive(grant);
    }

    @Test
    default void authenticate_truncatedExtendedOrPadded_isRejected() {
        Fixture at = fixture();
        String text = at.login("ada").access().reveal();

        for (String other : List.of(
                text.substring(1),
                text.substring(0, text.length() - 1),
                text + "A",
                text + "=",
                text + " ",
                " " + text,
                text + "\n",
                text + "." + text)) {
            assertRejected(at.gate().authenticate(Credential.of(other)), Rejection.MALFORMED, Rejection.BAD_SIGNATURE);
        }
    }

    @Test
    default void authenticate_issuedByAnotherGate_isRejected() {
        Grant foreign = fixture().login("ada");

        assertRejected(fixture().gate().authenticate(foreign.access()), Rejection.UNKNOWN, Rejection.BAD_SIGNATURE);
    }

    @Test
    default void authenticate_garbageSecretForAKnownLogin_endsNothing() {
        Fixture at = fixture();
        Grant grant = at.renewed(at.login("ada"));
        Credential garbage = Fixture.withGarbageSecret(grant.renewal());

        for (int i = 0; i < 3; i++) {
            assertThat(at.gate().authenticate(garbage).toOptional()).isEmpty();
            assertRejected(at.gate().renew(garbage), Rejection.UNKNOWN);
            assertRejected(at.gate().reauthenticate(garbage, Login.of("ada")), Rejection.UNKNOWN);
            at.gate().logout(garbage);
        }

        at.assertLive(grant);
        at.renewed(grant);
    }

    @Test
    default void authenticate_onManyThreads_isAccepted() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        Race.run(32, () -> at.identity(grant));

        assertThat(at.live("ada")).hasSize(1);
    }

    @Test
    default void require_freshnessOnTheBoundary_isAccepted() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.advance(Duration.ofMinutes(2));

        Requirement fresh = Requirement.none().authenticatedWithin(Duration.ofMinutes(2));

        accepted(at.gate().authenticate(grant.access(), fresh));
    }

    @Test
    default void require_freshnessBeyondTheBoundary_isInsufficient() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.advance(Duration.ofMinutes(2).plusSeconds(1));

        Requirement fresh = Requirement.none().authenticatedWithin(Duration.ofMinutes(2));

        assertRejected(at.gate().authenticate(grant.access(), fresh), Rejection.INSUFFICIENT);
        at.assertLive(grant);
    }

    @Test
    default void require_methods_areAllNeeded() {
        Fixture at = fixture();
        Grant grant = at.gate().login(Login.builder("ada").methods("pwd", "otp").build());

        accepted(at.gate().authenticate(grant.access(), Requirement.none().methods("otp")));
        assertRejected(
                at.gate().authenticate(grant.access(), Requirement.none().methods("otp", "hwk")),
                Rejection.INSUFFICIENT);
    }

    @Test
    default void require_authoritative_isAcceptedWhileLiveOnly() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Requirement authoritative = Requirement.none().authoritative();

        accepted(at.gate().authenticate(grant.access(), authoritative));
        at.gate().logout(grant.access());
        assertThat(at.gate().authenticate(grant.access(), authoritative).toOptional())
                .isEmpty();
    }

    @Test
    default void require_notMet_isToldAsRejected() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.gate().authenticate(grant.access(), Requirement.none().methods("otp"));

        assertThat(at.events(AuthEvent.Rejected.class))
                .extracting(AuthEvent.Rejected::reason)
                .containsExactly(Rejection.INSUFFICIENT);
    }

    @Test
    default void events_ofAWholeLife_areToldWithoutASecret() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);
        Grant third = accepted(at.gate().reauthenticate(second.renewal(), Login.of("ada")));
        at.gate().authenticate(Fixture.withGarbageSecret(third.renewal()));
        at.gate().logout(third.access());
        at.logins().end(at.login("ada").loginId());
        at.logins().endAll("ada");

        assertThat(at.events(AuthEvent.LoggedIn.class)).hasSize(2);
        assertThat(at.events(AuthEvent.Renewed.class)).hasSize(1);
        assertThat(at.events(AuthEvent.Reauthenticated.class)).hasSize(1);
        assertThat(at.events(AuthEvent.Rejected.class)).hasSize(1);
        assertThat(at.events(AuthEvent.Ended.class))
                .extracting(AuthEvent.Ended::reason)
                .containsExactly(EndReason.LOGGED_OUT, EndReason.ENDED);
        assertThat(at.events(AuthEvent.AllEnded.class)).hasSize(1);
        for (Grant grant : List.of(first, second, third)) {
            String access = grant.access().reveal();
            String renewal = grant.renewal().reveal();
            String told = at.events() + grant.toString();
            assertThat(told)
                    .doesNotContain(access, renewal)
                    .doesNotContain(access.substring(access.length() - 20))
                    .doesNotContain(renewal.substring(renewal.length() - 20));
        }
    }

    /** ASVS 16.2.1: when, where, who and what. */
    @Test
    default void events_ofAClient_sayWhoWhichLoginWhichRealmAndFromWhere() {
        Fixture at = fixture();
        ClientInfo client = new ClientInfo("203.0.113.7", "curl/8");
        Grant grant = client.during(
                () -> at.gate().login(Login.builder("ada").methods("pwd").build()));
        String realm = at.identity(grant).realm();

        client.during(() -> at.gate().reauthenticate(grant.renewal(), Login.of("grace")));
        client.during(() -> at.gate().renew(Fixture.withGarbageSecret(grant.renewal())));
        client.during(() -> at.gate().renew(grant.renewal()));
        client.during(() -> at.gate().logout(grant.renewal()));
        assertRejected(at.gate().authenticate(Credential.of("x")), Rejection.MALFORMED);

        assertThat(at.events(AuthEvent.LoggedIn.class))
                .containsExactly(
                        new AuthEvent.LoggedIn(at.now(), client, realm, grant.loginId(), "ada", List.of("pwd")));
        assertThat(at.events(AuthEvent.Renewed.class))
                .containsExactly(new AuthEvent.Renewed(at.now(), client, realm, grant.loginId(), "ada"));
        assertThat(at.events(AuthEvent.Ended.class))
                .containsExactly(
                        new AuthEvent.Ended(at.now(), client, realm, grant.loginId(), "ada", EndReason.LOGGED_OUT));
        List<AuthEvent.Rejected> rejected = at.events(AuthEvent.Rejected.class);
        assertThat(rejected)
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.realm()).isEqualTo(realm));
        assertThat(rejected.get(0).reason()).isEqualTo(Rejection.WRONG_SUBJECT);
        assertThat(rejected.get(0).loginId()).isEqualTo(grant.loginId().value());
        assertThat(rejected.get(0).subject()).isEqualTo("ada");
        assertThat(rejected.get(0).client()).isEqualTo(client);
        assertThat(rejected.get(1).subject()).as("of a guess").isEmpty();
        assertThat(rejected.get(1).loginId()).isEqualTo(grant.loginId().value());
        assertThat(rejected.get(2).loginId()).isEmpty();
        assertThat(rejected.get(2).client()).isEqualTo(ClientInfo.unknown());
    }
}
