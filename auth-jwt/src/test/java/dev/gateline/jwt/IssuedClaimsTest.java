package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gateline.Activity;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Claims;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.GrantTooLargeException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node remembers of a token that it has issued exactly the content that every reader finds in the token. */
class IssuedClaimsTest {
    private static final Instant END_OF_DATES = Instant.ofEpochSecond(253_402_300_799L);

    private final Random random = new Random(20_261_129);
    private final RandomLogins logins = new RandomLogins(random);
    private final MutableClock clock = new MutableClock();
    private final KeyRing ring = KeyRing.generate(Algorithm.HS256);

    private JwtAuthenticatorBuilder builder() {
        return JwtAuthenticator.builder(Storage.inMemory(100_000), ring)
                .issuer("https://park.example/\"\u00e9\uD83C\uDFA1")
                .audience("park-api\\\u4e2d")
                .renewals(identity -> Optional.of(random.nextBoolean() ? identity.claims() : logins.claimsAtRenewal()))
                .clock(clock);
    }

    private JwtVerifier reader() {
        return JwtVerifier.builder(ring)
                .issuer("https://park.example/\"\u00e9\uD83C\uDFA1")
                .audience("park-api\\\u4e2d")
                .tokensLiveUntilTheyExpire()
                .clock(clock)
                .build();
    }

    /** Compares the remembered content with the content that a reader finds in the text. */
    private static void assertAgreed(JwtAuthenticator gate, JwtVerifier reader, Credential access) {
        assertThat(gate.verifier().knows(access)).as("it is remembered").isTrue();
        VerifiedToken kept = gate.verifier().verified(access).toOptional().orElseThrow();
        VerifiedToken read = reader.verified(access).toOptional().orElseThrow();

        assertThat(kept).isNotSameAs(read);
        assertThat(kept.identity()).isEqualTo(read.identity());
        assertThat(written(kept.identity().claims()))
                .isEqualTo(written(read.identity().claims()));
        assertThat(kept.identity().roles()).isEqualTo(read.identity().roles());
        assertThat(kept.identity().scopes()).isEqualTo(read.identity().scopes());
        assertThat(kept.key()).isEqualTo(read.key());
        assertThat(kept.validFrom()).isEqualTo(read.validFrom());
        assertThat(kept.lifetime()).isEqualTo(read.lifetime());
        assertThat(kept.accepted()).isEqualTo(read.accepted());
        assertThat(kept.generation()).isEqualTo(read.generation());
        assertThat(kept.issuedInBackground()).isEqualTo(read.issuedInBackground());
        assertThat(kept.revocable()).usingRecursiveComparison().isEqualTo(read.revocable());
    }

    /** In their order. */
    private static String written(Claims claims) {
        return claims.size() + " " + claims.asMap();
    }

    @Test
    @Tag("slow")
    void issued_anyLogin_isRememberedAsAReaderReadsIt() {
        int tooLarge = 0;
        try (JwtAuthenticator gate = builder().build()) {
            JwtVerifier reader = reader();
            for (int i = 0; i < 600; i++) {
                clock.advance(Duration.ofNanos(random.nextInt(2_000_000_000)));
                try {
                    Grant grant = gate.login(logins.next(clock.instant()));
                    assertAgreed(gate, reader, grant.access());
                    assertAgreed(
                            gate,
                            reader,
                            gate.refresh(grant.renewal(), Activity.BACKGROUND, GrantCheck.any())
                                    .toOptional()
                                    .orElseThrow()
                                    .access());
                    Grant renewed = gate.renew(grant.renewal()).toOptional().orElseThrow();
                    assertAgreed(gate, reader, renewed.access());
                    assertAgreed(gate, reader, steppedUp(gate, renewed).access());
                } catch (GrantTooLargeException | AuthUnavailableException e) {
                    assertThat(e).hasMessageContaining("at most");
                    tooLarge++;
                }
            }
        }
        assertThat(tooLarge).isLessThan(200);
    }

    private Grant steppedUp(JwtAuthenticator gate, Grant grant) {
        String subject =
                gate.authenticate(grant.access()).toOptional().orElseThrow().subject();
        Login again = Login.builder(subject)
                .methods("otp")
                .claims(logins.claimsAtRenewal())
                .build();
        Grant first = gate.reauthenticate(grant.renewal(), again).toOptional().orElseThrow();
        return gate.reauthenticate(first.renewal(), again).toOptional().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1970-01-01T00:00:00.000000001Z", "2038-01-19T03:14:07.999999999Z", "9999-12-31T23:54:59.9Z"})
    void issued_atTheEndsOfTime_isRememberedAsAReaderReadsIt(String now) {
        clock.set(Instant.parse(now));
        try (JwtAuthenticator gate = builder().build()) {
            assertAgreed(gate, reader(), gate.login(Login.of("ada")).access());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.9Z", "9999-12-31T23:55:00Z"})
    void login_whoseDatesNoReaderTakes_isAnOutageAndNoTokenIsHandedOut(String now) {
        clock.set(Instant.parse(now));
        try (JwtAuthenticator gate = builder().build()) {
            assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> gate.login(Login.of("ada")));
            assertThat(gate.logins().of("ada")).isEmpty();
        }
    }

    @Test
    void login_withMoreClaimsThanAReaderTakes_isRefused() {
        try (JwtAuthenticator gate = builder().build()) {
            assertAgreed(
                    gate,
                    reader(),
                    gate.login(Login.builder("ada").claims(claims(243)).build()).access());
            assertThatExceptionOfType(GrantTooLargeException.class)
                    .isThrownBy(() ->
                            gate.login(Login.builder("ada").claims(claims(244)).build()));
        }
    }

    private static Claims claims(int count) {
        Map<String, Object> claims = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            claims.put("c" + i, i);
        }
        return Claims.of(claims);
    }

    private static TokenContent content(String subject, Claims claims, Instant issuedAt, Instant expiresAt) {
        return content(subject, claims, issuedAt, expiresAt, issuedAt);
    }

    private static TokenContent content(
            String subject, Claims claims, Instant issuedAt, Instant expiresAt, Instant authenticatedAt) {
        LoginId id = new LoginId("login-1");
        Identity identity = new Identity(
                subject,
                id,
                authenticatedAt,
                issuedAt,
                expiresAt,
                List.of("pwd"),
                claims,
                "realm",
                0,
                0,
                "https://park.example");
        return new TokenContent(identity, "token-1", "login-1#0", subject, issuedAt, 0, 0, false);
    }

    @Test
    void of_contentThatNoReaderTakes_isRefused() {
        Instant now = clock.instant();
        Instant later = now.plusSeconds(1);
        assertThat(new IssuedClaims(content("ada", Claims.none(), now, later), "api").json())
                .asString(StandardCharsets.UTF_8)
                .contains("sid_gen")
                .doesNotContain("sid_step");
        List<TokenContent> refused = List.of(
                content("", Claims.none(), now, later),
                content("a\u0000", Claims.none(), now, later),
                content("a".repeat(256), Claims.none(), now, later),
                content("ada", Claims.none(), now, now),
                content("ada", Claims.none(), later, now),
                content("ada", Claims.none(), now, END_OF_DATES.plusSeconds(1)),
                content("ada", Claims.none(), Instant.EPOCH.minusSeconds(1), now),
                content("ada", Claims.none(), now, later, END_OF_DATES.plusSeconds(1)),
                content("ada", Claims.none(), now, later, Instant.EPOCH.minusSeconds(1)),
                content("ada", Claims.of(Map.of("exp", 1)), now, later),
                content("ada", Claims.of(Map.of("cnf", "x")), now, later));
        for (TokenContent content : refused) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new IssuedClaims(content, "api"))
                    .withMessageStartingWith("no verifier would accept the token");
        }
    }
}
