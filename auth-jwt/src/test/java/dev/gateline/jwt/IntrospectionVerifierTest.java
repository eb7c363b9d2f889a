package dev.gateline.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.kit.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionVerifierTest {
    private static final String ISSUER = "https://id.park.example";
    private static final Instant NOW = Instant.ofEpochSecond(Forge.NOW);
    private static final String DATES = "'iat':" + Forge.NOW + ",'exp':" + (Forge.NOW + 300);
    private static final String ACTIVE = "{'active':true,'iss':'" + ISSUER + "','aud':['park-api'],'sub':'ada',"
            + "'client_id':'web','username':'ada','scope':'rides read',"
            + "'token_type':'Bearer','jti':'t-1'," + DATES + "}";

    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final MutableClock clock = new MutableClock(NOW);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private IntrospectionEndpoint endpoint;

    @BeforeEach
    void serve() throws IOException {
        endpoint = IntrospectionEndpoint.start(ACTIVE);
    }

    @AfterEach
    void stop() {
        endpoint.close();
        threads.shutdownNow();
    }

    private IntrospectionVerifierBuilder builder() {
        return endpoint.verifier(ISSUER).listener(events::add).clock(clock);
    }

    private static Outcome<Identity> present(IntrospectionVerifier verifier, String token) {
        return verifier.authenticate(Credential.of(token));
    }

    @Test
    void build_clientThatFollowsRedirects_isRefused() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntrospectionVerifier.builder(URI.create("https://id.park.example/introspect"))
                        .issuer(ISSUER)
                        .audience("park-api")
                        .clientSecret("me", Credential.of("secret"))
                        .httpClient(client)
                        .build())
                .withMessageContaining("redirects");
    }

    @Test
    void build_neitherSecretNorClientOfTheHost_isRefused() {
        URI address = URI.create("https://id.park.example/introspect");
        IntrospectionVerifierBuilder bare =
                IntrospectionVerifier.builder(address).issuer(ISSUER).audience("park-api");

        assertThatIllegalArgumentException().isThrownBy(bare::build).withMessageContaining("clientSecret(id, secret)");
        assertThat(bare.httpClient(HttpClient.newHttpClient()).build()).isNotNull();
    }

    /** It may have a certificate, for instance. */
    @Test
    void authenticate_clientOfTheHost_asksWithIt() {
        AtomicInteger sent = new AtomicInteger();
        HttpClient client = HttpClient.newBuilder()
                .executor(task -> {
                    sent.incrementAndGet();
                    threads.execute(task);
                })
                .build();

        assertThat(present(builder().httpClient(client).build(), "opaque").toOptional())
                .isPresent();
        assertThat(sent).hasPositiveValue();
    }

    @Test
    void authenticate_activeToken_isWhoTheIssuerSays() {
        Identity identity = present(builder().build(), "o+p/a=q").toOptional().orElseThrow();

        assertThat(identity.subject()).isEqualTo("ada");
        assertThat(identity.issuer()).isEqualTo(ISSUER);
        assertThat(identity.loginId()).isEqualTo(new LoginId("t-1"));
        assertThat(identity.scopes()).containsExactlyInAnyOrder("rides", "read");
        assertThat(identity.expiresAt()).isEqualTo(NOW.plusSeconds(300));
        assertThat(identity.claims().text("username")).contains("ada");
        assertThat(endpoint.asked).containsExactly("token=o%2Bp%2Fa%3Dq&token_type_hint=access_token");
        assertThat(endpoint.authorizations)
                .containsExactly("Basic "
                        + java.util.Base64.getEncoder().encodeToString("park+api:s%3Ae%2Fc%25r".getBytes(UTF_8)));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("{'active':false}", Rejection.UNKNOWN),
                Arguments.of("{'active':false,'sub':'ada'}", Rejection.UNKNOWN),
                Arguments.of(ACTIVE.replace("park-api", "other"), Rejection.WRONG_AUDIENCE),
                Arguments.of(ACTIVE.replace("'aud':['park-api'],", ""), Rejection.MALFORMED),
                Arguments.of(ACTIVE.replace(ISSUER, "https://evil.example"), Rejection.WRONG_ISSUER),
                Arguments.of(ACTIVE.replace("Bearer", "DPoP"), Rejection.WRONG_TYPE),
                Arguments.of(ACTIVE.replace("'jti'", "'cnf':{'jkt':'x'},'jti'"), Rejection.WRONG_TYPE),
                Arguments.of(ACTIVE.replace("'jti'", "'token_use':'refresh_token','jti'"), Rejection.WRONG_TYPE),
                Arguments.of(ACTIVE.replace("'jti'", "'typ':'Refresh','jti'"), Rejection.WRONG_TYPE),
                Arguments.of(ACTIVE.replace("'sub':'ada',", "'sub':7,"), Rejection.MALFORMED),
                Arguments.of(ACTIVE.replace("'sub':'ada',", "'sub':'client:web',"), Rejection.MALFORMED),
                Arguments.of(
                        ACTIVE.replace("" + (Forge.NOW + 300), "" + (Forge.NOW + 90_000)), Rejection.LIVES_TOO_LONG),
                Arguments.of(
                        ACTIVE.replace("" + (Forge.NOW + 300), "" + Forge.NOW).replace("'iat':" + Forge.NOW, "'iat':1"),
                        Rejection.LIVES_TOO_LONG),
                Arguments.of(
                        ACTIVE.replace(DATES, "'iat':" + (Forge.NOW - 9) + ",'exp':" + Forge.NOW), Rejection.EXPIRED));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void authenticate_answerThatIsNoProof_isRejected(String said, Rejection reason) {
        endpoint.answer = said;

        assertThat(present(builder().build(), "opaque").rejection()).contains(reason);
        assertThat(events).hasSize(1).first().isInstanceOf(AuthEvent.Rejected.class);
    }

    @Test
    void authenticate_leastAnswerThereIs_isTakenOnlyWhereTheAudienceMayBeMissing() {
        endpoint.answer = "{'active':true,'client_id':'batch'}";
        IntrospectionVerifier trusting =
                builder().insecureAudienceMayBeMissing().build();

        assertThat(present(builder().build(), "opaque").rejection()).contains(Rejection.MALFORMED);
        Identity identity = present(trusting, "opaque").toOptional().orElseThrow();
        assertThat(identity.subject()).isEqualTo("client:batch");
        assertThat(identity.loginId().value()).hasSize(43);
        assertThat(identity.expiresAt()).isEqualTo(NOW.plusSeconds(11));
        endpoint.answer = ACTIVE.replace("park-api", "other");
        assertThat(present(trusting, "other").rejection()).contains(Rejection.WRONG_AUDIENCE);
    }

    /** A client acts for many users, so no user may be taken for it. */
    @Test
    void authenticate_userWithoutASubject_isNotTakenForTheClient() {
        endpoint.answer = ACTIVE.replace("'sub':'ada',", "");
        assertThat(present(builder().build(), "opaque").rejection()).contains(Rejection.MALFORMED);

        endpoint.answer = ACTIVE.replace("'sub':'ada',", "").replace("'username':'ada'", "'username':'web'");
        assertThat(present(builder().build(), "opaque")
                        .toOptional()
                        .orElseThrow()
                        .subject())
                .isEqualTo("client:web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'a\\nb'", "7", "['web']"})
    void authenticate_clientWhoseIdIsNoSubject_isMalformed(String client) {
        endpoint.answer = ACTIVE.replace("'sub':'ada',", "")
                .replace("'username':'ada',", "")
                .replace("'client_id':'web'", "'client_id':" + client);

        assertThat(present(builder().build(), "opaque").rejection()).contains(Rejection.MALFORMED);
    }

    @Test
    void authenticate_clientWithALongId_isMalformed() {
        endpoint.answer = ACTIVE.replace("'sub':'ada',", "")
                .replace("'username':'ada',", "")
                .replace("'client_id':'web'", "'client_id':'" + "x".repeat(249) + "'");

        assertThat(present(builder().build(), "opaque").rejection()).contains(Rejection.MALFORMED);
    }

    /** Servers that write a list of one as its element do so with {@code amr} too. */
    @Test
    void authenticate_oneMethodAsAText_isThatMethod() {
        endpoint.answer = ACTIVE.replace("'jti'", "'amr':'pwd','jti'");

        assertThat(present(builder().build(), "opaque")
                        .toOptional()
                        .orElseThrow()
                        .methods())
                .containsExactly("pwd");
    }

    @Test
    void authenticate_inTime_asksOnceAndThenAnew() {
        IntrospectionVerifier verifier = builder().build();
        present(verifier, "opaque");
        endpoint.answer = "{'active':false}";
        clock.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(present(verifier, "opaque").toOptional()).isPresent();
        assertThat(endpoint.asked).hasSize(1);
        clock.advance(Duration.ofNanos(1));
        assertThat(present(verifier, "opaque").rejection()).contains(Rejection.UNKNOWN);
        assertThat(present(verifier, "opaque").rejection()).contains(Rejection.UNKNOWN);
        assertThat(endpoint.asked).hasSize(2);
    }

    /** The issuer may leave out when it issued the token. */
    @Test
    void authenticate_alreadyExpiredWithoutTheTimeOfIssue_isExpired() {
        for (long exp : List.of(Forge.NOW, Forge.NOW - 10, 1L)) {
            endpoint.answer = ACTIVE.replace(DATES, "'exp':" + exp);
            assertThat(present(builder().build(), "opaque").rejection())
                    .as("exp " + exp)
                    .contains(Rejection.EXPIRED);
        }
        endpoint.answer = ACTIVE.replace(DATES, "'exp':" + (Forge.NOW + 5));
        assertThat(present(builder().build(), "opaque")
                        .toOptional()
                        .orElseThrow()
                        .issuedAt())
                .isEqualTo(NOW);
    }

    @Test
    void authenticate_expiresWhileItIsKept_isExpired() {
        endpoint.answer = ACTIVE.replace("" + (Forge.NOW + 300), "" + (Forge.NOW + 5));
        IntrospectionVerifier verifier = builder().build();
        assertThat(present(verifier, "opaque").toOptional()).isPresent();
        clock.advance(Duration.ofSeconds(5));
        assertThat(present(verifier, "opaque").rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void authenticate_authoritativeOrNothingKept_asksEachTime() {
        IntrospectionVerifier kept = builder().build();
        IntrospectionVerifier none = builder().cacheFor(Duration.ZERO).build();
        Requirement authoritative = Requirement.none().authoritative();
        for (int i = 0; i < 3; i++) {
            assertThat(kept.authenticate(Credential.of("opaque"), authoritative).toOptional())
                    .isPresent();
            assertThat(present(none, "opaque").toOptional()).isPresent();
        }
        assertThat(endpoint.asked).hasSize(6);
    }

    @Test
    void recheck_authoritative_isInsufficientBecauseNoTokenIsAtHand() {
        IntrospectionVerifier verifier = builder().build();
        Identity ada = present(verifier, "opaque").toOptional().orElseThrow();

        assertThat(verifier.recheck(ada, Requirement.none()).toOptional()).contains(ada);
        assertThat(verifier.recheck(ada, Requirement.none().authoritative()).rejection())
                .contains(Rejection.INSUFFICIENT);
        assertThat(endpoint.asked).hasSize(1);
    }

    @Test
    void recheck_identityOfAnotherIssuerOrExpired_isRejected() {
        IntrospectionVerifier verifier = builder().build();
        Identity ada = present(verifier, "opaque").toOptional().orElseThrow();
        IntrospectionVerifier other =
                endpoint.verifier("https://other.example").clock(clock).build();

        assertThat(other.recheck(ada, Requirement.none()).rejection()).contains(Rejection.UNKNOWN);
        clock.advance(Duration.ofMinutes(10));
        assertThat(verifier.recheck(ada, Requirement.none()).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void authenticate_clockPutBack_asksAnew() {
        IntrospectionVerifier verifier = builder().build();
        present(verifier, "opaque");
        clock.advance(Duration.ofSeconds(-3));
        present(verifier, "opaque");
        assertThat(endpoint.asked).hasSize(2);
    }

    @Test
    void authenticate_manyAtOnce_areOneQuestion() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        IntrospectionVerifier verifier = builder().build();
        List<Future<Outcome<Identity>>> all = Stream.generate(() -> threads.submit(() -> present(verifier, "opaque")))
                .limit(20)
                .toList();
        endpoint.gate.countDown();
        for (Future<Outcome<Identity>> each : all) {
            assertThat(each.get().toOptional()).isPresent();
        }
        assertThat(endpoint.asked).hasSize(1);
    }

    @Test
    void authenticate_tooManyTokensAtOnce_isAnOutageForTheRest() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        IntrospectionVerifier verifier = builder().maxConcurrentCalls(1).build();
        Future<Outcome<Identity>> first = threads.submit(() -> present(verifier, "one"));
        assertThat(endpoint.entered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() -> present(verifier, "two"))
                .withStackTraceContaining("maxConcurrentCalls");
        endpoint.gate.countDown();
        assertThat(first.get().toOptional()).isPresent();
        assertThat(present(verifier, "two").toOptional()).isPresent();
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of(500, "{}"),
                Arguments.of(401, "{'active':true}"),
                Arguments.of(302, ""),
                Arguments.of(200, ""),
                Arguments.of(200, "[true]"),
                Arguments.of(200, "{'active':'true'}"),
                Arguments.of(200, "{'active':1}"),
                Arguments.of(200, "{}"),
                Arguments.of(200, "{'active':true,'active':false}"),
                Arguments.of(200, "{'active':true,'x':'" + "x".repeat(300_000) + "'}"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void authenticate_issuerWithoutAnAnswer_isAnOutageAndAskedAgain(int code, String body) {
        endpoint.status = code;
        endpoint.answer = body;
        IntrospectionVerifier verifier = builder().build();

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(AuthUnavailableException.class)
                    .isThrownBy(() -> present(verifier, "opaque-secret"))
                    .satisfies(e -> assertThat(e).hasMessageNotContainingAny("opaque-secret", "s:e/c%r"));
        }
        assertThat(endpoint.asked).hasSize(2);
        assertThat(events).hasSize(2).allMatch(AuthEvent.StoreUnavailable.class::isInstance);
        endpoint.status = 200;
        endpoint.answer = ACTIVE;
        assertThat(present(verifier, "opaque-secret").toOptional()).isPresent();
    }

    /** The operator learns why; the host gives the message to no client. */
    @ParameterizedTest
    @CsvSource({
        "401, '{}', 'answered 401: it does not know this client; check clientSecret(...)'",
        "403, '{}', 'answered 403: it does not know this client; check clientSecret(...)'",
        "500, '{}', 'answered 500'",
        "200, 'html', 'answered with something else than JSON'"
    })
    void authenticate_issuerWithoutAnAnswer_saysWhy(int code, String body, String why) {
        endpoint.status = code;
        endpoint.answer = body;
        IntrospectionVerifier verifier = builder().build();

        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() -> present(verifier, "opaque"))
                .satisfies(e -> assertThat(Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                                .map(Throwable::getMessage))
                        .anyMatch(message -> message.endsWith(why)));
    }

    @Test
    void authenticate_interrupted_isAnOutageAndTheThreadStaysInterrupted() {
        endpoint.gate = new CountDownLatch(1);
        IntrospectionVerifier verifier = builder().build();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> present(verifier, "opaque"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void authenticate_noAnswerInTime_isAnOutage() {
        endpoint.gate = new CountDownLatch(1);
        IntrospectionVerifier verifier =
                builder().timeout(Duration.ofMillis(100)).build();

        assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> present(verifier, "opaque"));
    }

    @Test
    void authenticate_textThatIsNoToken_isNotAskedAbout() {
        IntrospectionVerifier verifier = builder().tokensBeginWith("at_").build();
        for (String text : List.of("", "at_ ", "at_ x", "at_\n", "at_\u007f", "at_\u00e9", "other")) {
            assertThat(present(verifier, text).rejection()).contains(Rejection.MALFORMED);
        }
        assertThat(present(verifier, "at_" + "x".repeat(9_000)).rejection()).contains(Rejection.TOO_LARGE);
        assertThat(endpoint.asked).isEmpty();
        assertThat(present(verifier, "at_x").toOptional()).isPresent();
    }

    @Test
    void build_wiredWrongly_isRefused() {
        URI https = URI.create("https://id.park.example/introspect");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntrospectionVerifier.builder(https)
                        .issuer(ISSUER)
                        .audience("a")
                        .build())
                .withMessageContaining("clientSecret");
        for (String bad :
                List.of("http://id.park.example/i", "https://u:p@id.park.example/i", "https://id.park.example/i?x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IntrospectionVerifier.builder(URI.create(bad))
                            .issuer(ISSUER)
                            .audience("a")
                            .clientSecret("id", Credential.of("secret"))
                            .insecureHttpForLocalDevelopment()
                            .build())
                    .withMessageStartingWith("endpoint: ");
        }
        for (Duration span : List.of(Duration.ofNanos(-1), Duration.ofMinutes(1).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().cacheFor(span).build());
        }
        for (Duration span : List.of(
                Duration.ofMillis(100).minusNanos(1), Duration.ofMinutes(1).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().timeout(span).build())
                    .withMessageStartingWith("timeout: ");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxCachedTokens(0).build())
                .withMessage("cached tokens: at least 1, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxConcurrentCalls(0).build())
                .withMessage("concurrent calls: at least 1, was 0");
    }

    @Test
    void build_eachSettingAtItsBounds_isTaken() {
        for (Duration timeout : List.of(Duration.ofMillis(100), Duration.ofMinutes(1))) {
            assertThat(builder()
                            .timeout(timeout)
                            .maxCachedTokens(1)
                            .maxConcurrentCalls(1)
                            .build())
                    .isNotNull();
        }
        assertThat(builder().cacheFor(Duration.ofMinutes(1)).build()).isNotNull();
    }

    @Test
    void build_endpointByHttp_isAtAHostThatIsNamed() {
        IntrospectionVerifierBuilder compose = IntrospectionVerifier.builder(
                        URI.create("http://keycloak:8080/introspect"))
                .issuer(ISSUER)
                .audience("park-api")
                .clientSecret("park", Credential.of("secret"));

        assertThatIllegalArgumentException()
                .isThrownBy(compose::build)
                .withMessageContaining("insecureHttpFromHostInATrustedNetwork");
        assertThat(compose.insecureHttpFromHostInATrustedNetwork("keycloak")
                        .build()
                        .prefixes())
                .containsExactly("");
    }
}
