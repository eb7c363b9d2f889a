package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier;
import dev.gateline.internal.Base64Url;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Patience;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JwtVerifierTest {
    private static final Instant NOW = Instant.ofEpochSecond(Forge.NOW);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final String ADA =
            new Revocable(RefreshTokens.realm(Forge.ISSUER, Forge.AUDIENCE), "", "login-1", "ada", 0).subjectKey();

    private final Forge forge = Forge.of(Algorithm.ES256);
    private final Map<String, VerificationKey> keys =
            new ConcurrentHashMap<>(Map.of(forge.key().id(), forge.key()));
    private final RevocationStore revocations = Storage.inMemory(10).revocations();
    private final MutableClock clock = new MutableClock(NOW);
    private final JwtVerifier verifier = builder().build();

    private JwtVerifierBuilder builder() {
        return JwtVerifier.builder(id -> Optional.ofNullable(keys.get(id)))
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .revocations(revocations)
                .clock(clock);
    }

    private static Outcome<Identity> present(JwtVerifier verifier, String token) {
        return verifier.authenticate(Credential.of(token));
    }

    private void accepts(String token) {
        assertThat(present(verifier, token).toOptional()).isPresent();
    }

    private void rejects(String token, Rejection reason) {
        assertThat(present(verifier, token).rejection()).contains(reason);
    }

    @Test
    void authenticate_everyClaim_isInTheIdentity() {
        String token = forge.withClaims(
                "amr:[\"pwd\",\"otp\"];auth_time:" + (Forge.NOW - 60) + ";nbf:" + Forge.NOW + ";roles:[\"keeper\"]");
        Identity identity = present(verifier, token).toOptional().orElseThrow();
        assertThat(identity.getName()).isEqualTo("ada");
        assertThat(identity.loginId()).isEqualTo(new LoginId("login-1"));
        assertThat(identity.authenticatedAt()).isEqualTo(NOW.minusSeconds(60));
        assertThat(identity.issuedAt()).isEqualTo(NOW);
        assertThat(identity.expiresAt()).isEqualTo(NOW.plusSeconds(300));
        assertThat(identity.methods()).containsExactly("pwd", "otp");
        assertThat(identity.claims().asMap()).containsOnlyKeys("roles");
        assertThat(identity.roles()).containsExactly("keeper");
        assertThat(identity.issuer()).isEqualTo(Forge.ISSUER);
    }

    @Test
    void authenticate_anyCharacterOfATokenSeenBeforeChanged_isRejected() {
        String token = forge.good();
        accepts(token);
        for (int i = 0; i < token.length(); i++) {
            StringBuilder text = new StringBuilder(token);
            text.setCharAt(i, text.charAt(i) == 'x' ? 'y' : 'x');
            assertThat(present(verifier, text.toString()).toOptional())
                    .as("%d", i)
                    .isEmpty();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(present(verifier, token.substring(token.length() - i)).toOptional())
                    .isEmpty();
        }
        accepts(token);
    }

    @Test
    void tryAuthenticate_tokenSeenBefore_isAnsweredUnlessTheStoreHasToAnswer() {
        JwtVerifier ofKnownKeys = JwtVerifier.builder(KeySet.of(forge.key()))
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .revocations(revocations)
                .clock(clock)
                .build();
        Credential token = Credential.of(forge.good());
        Requirement none = Requirement.none();
        assertThat(ofKnownKeys.tryAuthenticate(token, none, Activity.USER)).isEmpty();

        Outcome<Identity> proved = ofKnownKeys.authenticate(token);

        assertThat(ofKnownKeys.tryAuthenticate(token, none, Activity.USER))
                .isEqualTo(proved.toOptional())
                .isPresent();
        assertThat(ofKnownKeys.tryAuthenticate(token, none.authoritative(), Activity.USER))
                .isEmpty();
        verifier.authenticate(token);
        assertThat(verifier.tryAuthenticate(token, none, Activity.USER))
                .as("a source of keys that would have to be asked")
                .isEmpty();
    }

    @Test
    void build_audienceBehindTheFirstThatIsNone_isRefused() {
        for (String name : List.of("", " ", "a\nb")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().audience(name).build())
                    .withMessageContaining("audience: ");
        }
    }

    @Test
    void authenticate_tokenOfAClientWithNeitherSubjectNorId_isMalformed() {
        JwtVerifier clients = builder()
                .profile(AccessTokenProfile.builder()
                        .clientsWithoutSubject("client_id")
                        .build())
                .build();

        assertThat(present(clients, forge.withClaims("sub:-;client_id:\"web\""))
                        .map(Identity::subject)
                        .toOptional())
                .contains("client:web");
        assertThat(present(clients, forge.withClaim("sub", "-")).rejection()).contains(Rejection.MALFORMED);
        assertThat(present(clients, forge.withClaims("sub:-;client_id:7")).rejection())
                .contains(Rejection.MALFORMED);
    }

    /** The id of a login has fewer characters than the id of a token. */
    @Test
    void authenticate_tokenWithoutLoginWhoseIdIsNoLoginsId_isALoginOfItsOwn() {
        LoginId one = present(verifier, forge.withClaims("sid:-;jti:\"a b\""))
                .toOptional()
                .orElseThrow()
                .loginId();
        LoginId other = present(verifier, forge.withClaims("sid:-;jti:\"a c\""))
                .toOptional()
                .orElseThrow()
                .loginId();

        assertThat(one).isNotEqualTo(other);
        assertThat(one.value()).hasSize(43);
    }

    @Test
    void onEnded_closed_hearsNoMore() {
        List<Ending> heard = new CopyOnWriteArrayList<>();
        List<Ending> heardByTheOther = new CopyOnWriteArrayList<>();
        Verifier.Listening listening = verifier.onEnded(heard::add);
        Verifier.Listening other = verifier.onEnded(heardByTheOther::add);
        revocations.revoke(Revocation.ofLogin(new LoginId("login-1"), NOW.plusSeconds(60)), NOW);
        Patience.await("heard", () -> heard.size() == 1 && heardByTheOther.size() == 1);

        listening.close();
        revocations.revoke(Revocation.ofLogin(new LoginId("login-2"), NOW.plusSeconds(60)), NOW);
        Patience.await("heard", () -> heardByTheOther.size() == 2);
        other.close();

        assertThat(heard).hasSize(1);
    }

    @Test
    void authenticate_sidMissing_theTokenIsItsOwnLogin() {
        Identity identity =
                present(verifier, forge.withClaim("sid", "-")).toOptional().orElseThrow();
        assertThat(identity.loginId()).isEqualTo(new LoginId("token-1"));
    }

    @Test
    void authenticate_authTimeMissing_isNeverFresh() {
        Requirement fresh = Requirement.none().authenticatedWithin(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(verifier.authenticate(Credential.of(forge.good()), fresh).rejection())
                .contains(Rejection.INSUFFICIENT);
    }

    @Test
    void authenticate_keyGoneAfterCaching_isBadSignature() {
        String token = forge.good();
        accepts(token);
        accepts(token);
        keys.clear();
        rejects(token, Rejection.BAD_SIGNATURE);
    }

    @Test
    void authenticate_keyReplacedUnderTheSameIdAfterCaching_isBadSignature() {
        String token = forge.good();
        accepts(token);
        keys.put(forge.key().id(), Forge.of(Algorithm.ES256).key());
        rejects(token, Rejection.BAD_SIGNATURE);
    }

    @Test
    void authenticate_tokenRevokedAfterCaching_isRevoked() {
        String token = forge.good();
        accepts(token);
        revocations.revoke(Revocation.ofToken("token-1", NOW.plusSeconds(400)), NOW);
        rejects(token, Rejection.REVOKED);
        accepts(forge.withClaim("jti", "\"token-2\""));
    }

    @Test
    void authenticate_proofLaterThanTheToken_countsFromTheToken() {
        String token = forge.withClaim("auth_time", String.valueOf(Forge.NOW + 1000));
        Identity identity = present(verifier, token).toOptional().orElseThrow();
        assertThat(identity.authenticatedAt()).isEqualTo(identity.issuedAt());
    }

    @Test
    void authenticate_authoritativeWithNobodyToAsk_isInsufficient() {
        JwtVerifier alone = JwtVerifier.builder(id -> Optional.ofNullable(keys.get(id)))
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .clock(clock)
                .build();
        Requirement authoritative = Requirement.none().authoritative();
        assertThat(present(alone, forge.good()).toOptional()).isPresent();
        assertThat(alone.authenticate(Credential.of(forge.good()), authoritative)
                        .rejection())
                .contains(Rejection.INSUFFICIENT);
    }

    @Test
    void authenticate_keySourceThatThrows_isAnOutage() {
        JwtVerifier broken = JwtVerifier.builder(id -> {
                    throw new IllegalStateException("broken");
                })
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .revocations(revocations)
                .clock(clock)
                .build();
        assertThatThrownBy(() -> present(broken, forge.good())).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void build_withAndWithoutRevocations_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().tokensLiveUntilTheyExpire().build())
                .withMessageContaining("either");
    }

    @Test
    void authenticate_loginRevokedAfterCaching_isRevoked() {
        String token = forge.good();
        accepts(token);
        revocations.revoke(Revocation.ofLogin(new LoginId("login-1"), NOW.plusSeconds(400)), NOW);
        rejects(token, Rejection.REVOKED);
        rejects(forge.withClaim("jti", "\"token-2\""), Rejection.REVOKED);
    }

    @Test
    void authenticate_epochRaisedAfterCaching_isRevokedAndOfTheNewEpochNot() {
        String token = forge.good();
        accepts(token);
        long epoch = revocations.raiseEpoch(ADA, 0, NOW, NOW.plusSeconds(400));
        rejects(token, Rejection.REVOKED);
        rejects(forge.withClaim("sub_epoch", "-"), Rejection.REVOKED);
        rejects(forge.withClaim("sub_epoch", String.valueOf(epoch - 1)), Rejection.REVOKED);
        accepts(forge.withClaim("sub_epoch", String.valueOf(epoch)));
    }

    @Test
    void recheck_untilTheTokenExpiresOrItsLoginEnds_isLive() {
        Identity identity = present(verifier, forge.good()).toOptional().orElseThrow();
        clock.set(identity.expiresAt().minusMillis(1));
        assertThat(verifier.recheck(identity).toOptional()).contains(identity);
        clock.set(identity.expiresAt());
        assertThat(verifier.recheck(identity).rejection()).contains(Rejection.EXPIRED);
        clock.set(NOW);
        long epoch = revocations.raiseEpoch(ADA, 0, NOW, NOW.plusSeconds(600));
        assertThat(epoch).isPositive();
        assertThat(verifier.recheck(identity).rejection()).contains(Rejection.REVOKED);
    }

    @Test
    void recheck_loginRevoked_isRevokedAndOthersAreNot() {
        Identity identity = present(verifier, forge.good()).toOptional().orElseThrow();
        revocations.revoke(Revocation.ofLogin(new LoginId("other"), NOW.plusSeconds(600)), NOW);
        assertThat(verifier.recheck(identity).toOptional()).contains(identity);

        revocations.revoke(Revocation.ofLogin(identity.loginId(), NOW.plusSeconds(600)), NOW);

        assertThat(verifier.recheck(identity).rejection()).contains(Rejection.REVOKED);
    }

    @Test
    void authenticate_otherSignatureOfARevokedToken_isRevoked() {
        String token = forge.good();
        int dot = token.lastIndexOf('.') + 1;
        byte[] signature = Base64Url.decode(token, dot, token.length()).orElseThrow();
        BigInteger order = new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);
        byte[] twin = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
                .toByteArray();
        Arrays.fill(signature, 32, 64, (byte) 0);
        int length = Math.min(32, twin.length);
        System.arraycopy(twin, twin.length - length, signature, 64 - length, length);
        String other = token.substring(0, dot) + Base64Url.encode(signature);
        accepts(other);
        revocations.revoke(Revocation.ofToken("token-1", NOW.plusSeconds(400)), NOW);
        rejects(other, Rejection.REVOKED);
    }

    @Test
    void authenticate_cachedToken_expiresToTheSecond() {
        String token = forge.good();
        accepts(token);
        clock.advance(Duration.ofMinutes(5).minusNanos(1));
        accepts(token);
        clock.advance(Duration.ofNanos(1));
        rejects(token, Rejection.EXPIRED);
    }

    @Test
    void authenticate_withSkew_isExpiredOnceItIsOver() {
        JwtVerifier skewed = builder().clockSkew(Duration.ofSeconds(10)).build();
        String token = forge.good();
        clock.advance(Duration.ofSeconds(310).minusNanos(1));
        assertThat(present(skewed, token).toOptional()).isPresent();
        clock.advance(Duration.ofNanos(1));
        assertThat(present(skewed, token).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void authenticate_withSkew_takesATokenOfTheFutureWithinIt() {
        JwtVerifier skewed = builder()
                .issuerAheadBy(Duration.ZERO)
                .clockSkew(Duration.ofSeconds(10))
                .build();
        assertThat(present(skewed, forge.withClaim("iat", "" + (Forge.NOW + 10)))
                        .toOptional())
                .isPresent();
        assertThat(present(skewed, forge.withClaim("iat", "" + (Forge.NOW + 11)))
                        .rejection())
                .contains(Rejection.NOT_YET_VALID);
        assertThat(present(skewed, forge.withClaim("nbf", "" + (Forge.NOW + 10)))
                        .toOptional())
                .isPresent();
        assertThat(present(skewed, forge.withClaim("nbf", "" + (Forge.NOW + 11)))
                        .rejection())
                .contains(Rejection.NOT_YET_VALID);
    }

    @Test
    void authenticate_issuerAMinuteAhead_isAcceptedUnlessTheSpanIsLess() {
        JwtVerifier exact = builder().issuerAheadBy(Duration.ZERO).build();
        String token = forge.withClaims("iat:" + (Forge.NOW + 60) + ";nbf:" + (Forge.NOW + 60));
        accepts(token);
        assertThat(present(exact, token).rejection()).contains(Rejection.NOT_YET_VALID);
        rejects(forge.withClaim("iat", "" + (Forge.NOW + 61)), Rejection.NOT_YET_VALID);
    }

    @Test
    void authenticate_notYetValidAndThenItsTime_isAccepted() {
        String token = forge.withClaim("nbf", "" + (Forge.NOW + 61));
        rejects(token, Rejection.NOT_YET_VALID);
        clock.advance(SECOND);
        accepts(token);
    }

    @Test
    void authenticate_longestMaximumLifetime_doesNotOverflow() {
        JwtVerifier patient =
                builder().maxLifetime(Duration.ofSeconds(Long.MAX_VALUE)).build();
        assertThat(present(patient, forge.good()).toOptional()).isPresent();
    }

    @Test
    void build_revocationsNotDecided_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtVerifier.builder(id -> Optional.empty())
                        .issuer("i")
                        .audience("a")
                        .build())
                .withMessageContaining("revocations");
    }

    @Test
    void build_skewOrLifetimeOutOfRange_isRefused() {
        assertThat(builder().clockSkew(Duration.ofMinutes(1)).build().prefixes())
                .containsExactly("ey");
        for (Duration skew :
                new Duration[] {Duration.ofNanos(-1), Duration.ofMinutes(1).plusNanos(1), Duration.ofDays(1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().clockSkew(skew).build())
                    .withMessageStartingWith("clock skew: ");
        }
        for (Duration ahead :
                new Duration[] {Duration.ofNanos(-1), Duration.ofMinutes(1).plusNanos(1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().issuerAheadBy(ahead).build())
                    .withMessageStartingWith("issuer ahead by: ");
        }
        for (Duration lifetime : new Duration[] {Duration.ZERO, Duration.ofNanos(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().maxLifetime(lifetime).build())
                    .withMessageStartingWith("maximum lifetime: ");
        }
    }

    @Test
    void build_subjectPrefixTooLongOrWithControlCharacters_isRefused() {
        for (String prefix : List.of("x".repeat(33), "a\n", "\u007f")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().subjectPrefix(prefix).build())
                    .withMessage("subject prefix: at most 32 characters, no control characters");
        }
        assertThat(builder().subjectPrefix("x".repeat(32)).build().subjectPrefix())
                .hasSize(32);
    }

    @Test
    void build_issuerOfHalfASurrogatePair_isRefusedAndOfAWholeOneNot() {
        for (String half : List.of("\ud800", "\udbff", "\udc00", "\udfff")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().issuer("i" + half).build())
                    .withMessageContaining("surrogate");
        }
        for (String whole : List.of("\ud7ff", "\ue000", "\ud83c\udfa1")) {
            assertThat(builder().issuer(whole).build().issuer()).isEqualTo(whole);
        }
    }

    @Test
    void build_issuerOrAudienceBlankLongOrWithControlCharacters_isRefused() {
        for (String bad : new String[] {"", " ", "x".repeat(256), "https://a\nb", "a\u0000"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwtVerifier.builder(id -> Optional.empty())
                            .issuer(bad)
                            .audience("a")
                            .tokensLiveUntilTheyExpire()
                            .build())
                    .withMessageStartingWith("issuer: ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwtVerifier.builder(id -> Optional.empty())
                            .issuer("i")
                            .audience(bad)
                            .tokensLiveUntilTheyExpire()
                            .build())
                    .withMessageStartingWith("audience: ");
        }
    }

    @Test
    void build_withoutIssuerOrAudience_namesTheMissingStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtVerifier.builder(id -> Optional.empty())
                        .audience("a")
                        .tokensLiveUntilTheyExpire()
                        .build())
                .withMessage("issuer: is missing; issuer(...) sets the name that tokens have in iss");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtVerifier.builder(id -> Optional.empty())
                        .issuer("i")
                        .tokensLiveUntilTheyExpire()
                        .build())
                .withMessage("audience: is missing; audience(...) sets the name that tokens have in aud");
    }

    static List<Arguments> rules() {
        Forge forge = Forge.of(Algorithm.ES256);
        String good = forge.good();
        return List.of(
                Arguments.of(
                        forge,
                        forge.withClaim("sub", "7"),
                        "sub: must be a string of 1 to 255 characters without control characters, was a number"),
                Arguments.of(forge, forge.withClaim("iss", "7"), "iss: must be a string, was a number"),
                Arguments.of(forge, forge.withClaim("iss", "-"), "iss: must be a string, was missing or null"),
                Arguments.of(forge, forge.withClaim("jti", "-"), "jti: is missing"),
                Arguments.of(
                        forge, forge.withClaim("sid", "null"), "sid: must be absent or a value, was missing or null"),
                Arguments.of(forge, forge.withClaim("exp", "\"1\""), "exp: must be seconds since 1970"),
                Arguments.of(forge, forge.withClaim("exp", "" + Forge.NOW), "exp: must be after iat and nbf"),
                Arguments.of(forge, forge.withClaim("aud", "[]"), "aud: must be a string or an array"),
                Arguments.of(forge, forge.withClaim("cnf", "{}"), "cnf: the token is bound to a key"),
                Arguments.of(forge, forge.withClaim("a", "1e309"), "claims: a number that no double holds"),
                Arguments.of(forge, forge.withClaim("a\":1,\"a", "1"), "claims: a member twice"),
                Arguments.of(forge, forge.withClaim(" a", "1"), "claim ' a' has white space around its name"),
                Arguments.of(
                        forge,
                        forge.withClaim("a\\nb", "\"" + "x".repeat(300) + "\",\"c\":" + "[".repeat(9) + "]".repeat(9)),
                        "claims: "),
                Arguments.of(forge, forge.withHeader("crit", "[]"), "header: crit is refused"),
                Arguments.of(forge, forge.withHeader("alg", "-"), "header: alg is missing"),
                Arguments.of(forge, forge.withHeader("typ", "\"JWT\""), "typ: this issuer's access tokens have at+jwt"),
                Arguments.of(forge, forge.withHeader("kid", "\"secret-kid\""), "kid: names no key that is trusted"),
                Arguments.of(forge, good + "=", "signature: not base64url without padding"),
                Arguments.of(forge, good.replace('.', ','), "token: not three parts"),
                Arguments.of(
                        forge,
                        forge.withClaim("exp", "" + (Forge.NOW + 90_000)),
                        "exp - iat: at most PT24H, was PT25H"));
    }

    /** The words are ours: nothing of what a client sent is in them. */
    @ParameterizedTest
    @MethodSource("rules")
    void authenticate_rejected_tellsTheClaimAndTheRule(Forge issuer, String token, String detail) {
        List<AuthEvent> events = new ArrayList<>();
        JwtVerifier telling = JwtVerifier.builder(
                        id -> id.equals(issuer.key().id()) ? Optional.of(issuer.key()) : Optional.empty())
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .listener(events::add)
                .clock(clock)
                .build();

        assertThat(present(telling, token).toOptional()).isEmpty();
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        AuthEvent.Rejected.class,
                        event -> assertThat(event.detail())
                                .startsWith(detail)
                                .doesNotContain("secret")
                                .doesNotContain("xxx"));
    }
}
