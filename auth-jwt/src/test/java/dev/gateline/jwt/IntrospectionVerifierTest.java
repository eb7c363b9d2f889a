package dev.gateline.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IntrospectionVerifierTest {
    private static final String ISSUER = "https://id.park.example";
    private static final Instant NOW = Instant.ofEpochSecond(Forge.NOW);
    private static final String DATES = "'iat':" + Forge.NOW + ",'exp':" + (Forge.NOW + 300);
    private static final String ACTIVE = "{'active':true,'iss':'" + ISSUER + "','aud':['park-api'],'sub':'ada',"
            + "'client_id':'web','username':'ada','scope':'rides read',"
            + "'token_type':'Bearer','jti':'t-1'," + DATES + "}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final MutableClock clock = new MutableClock(NOW);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore entered = new Semaphore(0);
    private volatile String answer = ACTIVE;
    private volatile int status = 200;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/introspect", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        entered.release();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        byte[] body = answer.replace('\'', '"').getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private IntrospectionVerifierBuilder builder() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/introspect");
        return IntrospectionVerifier.builder(endpoint)
                .issuer(ISSUER)
                .audience("park-api")
                .clientSecret("park api", Credential.of("s:e/c%r"))
                .insecureHttpForLocalDevelopment()
                .listener(events::add)
                .clock(clock);
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
    void authenticate_activeToken_isWhoTheIssuerSays() {
        Identity identity = present(builder().build(), "o+p/a=q").toOptional().orElseThrow();

        assertThat(identity.subject()).isEqualTo("ada");
        assertThat(identity.issuer()).isEqualTo(ISSUER);
        assertThat(identity.loginId()).isEqualTo(new LoginId("t-1"));
        assertThat(identity.scopes()).containsExactlyInAnyOrder("rides", "read");
        assertThat(identity.expiresAt()).isEqualTo(NOW.plusSeconds(300));
        assertThat(identity.claims().text("username")).contains("ada");
        assertThat(asked).containsExactly("token=o%2Bp%2Fa%3Dq&token_type_hint=access_token");
        assertThat(authorizations)
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
        answer = said;

        assertThat(present(builder().build(), "opaque").rejection()).contains(reason);
        assertThat(events).hasSize(1).first().isInstanceOf(AuthEvent.Rejected.class);
    }

    @Test
    void authenticate_leastAnswerThereIs_isTakenOnlyWhereTheAudienceMayBeMissing() {
        answer = "{'active':true,'client_id':'batch'}";
        IntrospectionVerifier trusting =
                builder().insecureAudienceMayBeMissing().build();

        assertThat(present(builder().build(), "opaque").rejection()).contains(Rejection.MALFORMED);
        Identity identity = present(trusting, "opaque").toOptional().orElseThrow();
        assertThat(identity.subject()).isEqualTo("client:batch");
        assertThat(identity.loginId().value()).hasSize(43);
        assertThat(identity.expiresAt()).isEqualTo(NOW.plusSeconds(11));
        answer = ACTIVE.replace("park-api", "other");
        assertThat(present(trusting, "other").rejection()).contains(Rejection.WRONG_AUDIENCE);
    }

    @Test
    void authenticate_inTime_asksOnceAndThenAnew() {
        IntrospectionVerifier verifier = builder().build();
        present(verifier, "opaque");
        answer = "{'active':false}";
        clock.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(present(verifier, "opaque").toOptional()).isPresent();
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofNanos(1));
        assertThat(present(verifier, "opaque").rejection()).contains(Rejection.UNKNOWN);
        assertThat(present(verifier, "opaque").rejection()).contains(Rejection.UNKNOWN);
        assertThat(asked).hasSize(2);
    }

    @Test
    void authenticate_expiresWhileItIsKept_isExpired() {
        answer = ACTIVE.replace("" + (Forge.NOW + 300), "" + (Forge.NOW + 5));
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
        assertThat(asked).hasSize(6);
    }

    @Test
    void recheck_authoritative_isInsufficientBecauseNoTokenIsAtHand() {
        IntrospectionVerifier verifier = builder().build();
        Identity ada = present(verifier, "opaque").toOptional().orElseThrow();

        assertThat(verifier.recheck(ada, Requirement.none()).toOptional()).contains(ada);
        assertThat(verifier.recheck(ada, Requirement.none().authoritative()).rejection())
                .contains(Rejection.INSUFFICIENT);
        assertThat(asked).hasSize(1);
    }

    @Test
    void authenticate_clockPutBack_asksAnew() {
        IntrospectionVerifier verifier = builder().build();
        present(verifier, "opaque");
        clock.advance(Duration.ofSeconds(-3));
        present(verifier, "opaque");
        assertThat(asked).hasSize(2);
    }

    @Test
    void authenticate_manyAtOnce_areOneQuestion() throws Exception {
        gate = new CountDownLatch(1);
        IntrospectionVerifier verifier = builder().build();
        List<Future<Outcome<Identity>>> all = Stream.generate(() -> threads.submit(() -> present(verifier, "opaque")))
                .limit(20)
                .toList();
        gate.countDown();
        for (Future<Outcome<Identity>> each : all) {
            assertThat(each.get().toOptional()).isPresent();
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void authenticate_tooManyTokensAtOnce_isAnOutageForTheRest() throws Exception {
        gate = new CountDownLatch(1);
        IntrospectionVerifier verifier = builder().maxConcurrentCalls(1).build();
        Future<Outcome<Identity>> first = threads.submit(() -> present(verifier, "one"));
        assertThat(entered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() -> present(verifier, "two"))
                .withStackTraceContaining("maxConcurrentCalls");
        gate.countDown();
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
        status = code;
        answer = body;
        IntrospectionVerifier verifier = builder().build();

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(AuthUnavailableException.class)
                    .isThrownBy(() -> present(verifier, "opaque-secret"))
                    .satisfies(e -> assertThat(e).hasMessageNotContainingAny("opaque-secret", "s:e/c%r"));
        }
        assertThat(asked).hasSize(2);
        assertThat(events).hasSize(2).allMatch(AuthEvent.StoreUnavailable.class::isInstance);
        status = 200;
        answer = ACTIVE;
        assertThat(present(verifier, "opaque-secret").toOptional()).isPresent();
    }

    @Test
    void authenticate_noAnswerInTime_isAnOutage() {
        gate = new CountDownLatch(1);
        IntrospectionVerifier verifier =
                builder().timeout(Duration.ofMillis(100)).build();

        assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> present(verifier, "opaque"));
    }

    @Test
    void authenticate_textThatIsNoToken_isNotAskedAbout() {
        IntrospectionVerifier verifier = builder().tokensBeginWith("at_").build();
        for (String text : List.of("", "at_ x", "at_\n", "at_\u00e9", "other")) {
            assertThat(present(verifier, text).rejection()).contains(Rejection.MALFORMED);
        }
        assertThat(present(verifier, "at_" + "x".repeat(9_000)).rejection()).contains(Rejection.TOO_LARGE);
        assertThat(asked).isEmpty();
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
    }

    private JwtVerifierBuilder signed(String issuer, Forge forge) {
        return JwtVerifier.builder(id -> Optional.of(forge.key()))
                .issuer(issuer)
                .audience(Forge.AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .listener(events::add)
                .clock(clock);
    }

    @Test
    void anyIssuer_signedAndOpaqueTokens_areEachProvedByTheirOwnIssuer() {
        Forge forge = Forge.of(Algorithm.ES256);
        AnyIssuer any = AnyIssuer.of(
                signed(Forge.ISSUER, forge).build(),
                builder().subjectPrefix("partner:").build());

        Identity own =
                any.authenticate(Credential.of(forge.good())).toOptional().orElseThrow();
        assertThat(asked).isEmpty();
        Identity partner =
                any.authenticate(Credential.of("opaque-1")).toOptional().orElseThrow();

        assertThat(List.of(own.subject(), own.issuer())).containsExactly("ada", Forge.ISSUER);
        assertThat(List.of(partner.subject(), partner.issuer())).containsExactly("partner:ada", ISSUER);
        assertThat(any.recheck(partner).map(Identity::subject)).isEqualTo(Outcome.accepted("partner:ada"));
        assertThat(asked).hasSize(1);
    }

    @Test
    void anyIssuer_tokenThatIsNotTheIntrospectingIssuers_isShownToNobody() {
        Forge forge = Forge.of(Algorithm.ES256);
        JwtAuthenticator own = JwtAuthenticator.builder(Storage.inMemory(10), KeyRing.generate(Algorithm.ES256))
                .issuer("https://own.example")
                .audience(Forge.AUDIENCE)
                .clock(clock)
                .build();
        AnyIssuer any = AnyIssuer.of(own, builder().subjectPrefix("partner:").build());
        Grant grant = own.login(Login.of("ada"));

        assertThat(any.authenticate(grant.renewal()).rejection()).contains(Rejection.MALFORMED);
        assertThat(any.authenticate(Credential.of(forge.good())).rejection()).contains(Rejection.WRONG_ISSUER);
        assertThat(any.authenticate(Credential.of("x".repeat(9_000))).rejection())
                .contains(Rejection.TOO_LARGE);
        assertThat(any.authenticate(grant.access()).toOptional()).isPresent();
        assertThat(asked).isEmpty();
    }

    @Test
    void anyIssuer_signedAndOpaqueTokensOfOneIssuer_haveTheSameSubjects() {
        Forge forge = Forge.of(Algorithm.ES256);
        AnyIssuer any = AnyIssuer.of(signed(ISSUER, forge).build(), builder().build());

        assertThat(any.authenticate(Credential.of(forge.withClaim("iss", '"' + ISSUER + '"')))
                        .map(Identity::subject))
                .isEqualTo(Outcome.accepted("ada"));
        assertThat(any.authenticate(Credential.of("opaque-1")).map(Identity::subject))
                .isEqualTo(Outcome.accepted("ada"));
        assertThat(asked).hasSize(1);
    }

    @Test
    void anyIssuer_opaqueTokensThatMayBeOfTwoIssuers_isRefused() {
        IntrospectionVerifier first = builder().build();
        IntrospectionVerifier other = IntrospectionVerifier.builder(URI.create("https://other.example/introspect"))
                .issuer("https://other.example")
                .audience("park-api")
                .clientSecret("park", Credential.of("secret"))
                .subjectPrefix("other:")
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyIssuer.of(first, other))
                .withMessageContaining("tokensBeginWith");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyIssuer.of(first, builder().build()))
                .withMessageContaining("two verifiers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyIssuer.of(
                        first,
                        signed(ISSUER, Forge.of(Algorithm.ES256))
                                .subjectPrefix("x:")
                                .build()))
                .withMessageContaining("the same for all tokens");
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
