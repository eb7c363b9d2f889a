package dev.gateline.grpc;

import static io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING;
import static io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.Faults;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of the interceptor, over both strategies, on a real server. */
abstract class GrpcContract {
    private static final String SITE = "https://park.example";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Faults faults = new Faults();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private Authenticator gate;
    private GrpcServer server;

    abstract Authenticator authenticator(Storage storage, Clock clock, AuthListener listener);

    @BeforeEach
    void start() {
        gate = authenticator(faults.around(Storage.inMemory(100)), clock, events::add);
        server = GrpcServer.start(HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .lane(BearerCarrier.create(), gate)
                .origin(SITE)
                .clock(clock)
                .build());
    }

    @AfterEach
    void stop() throws Exception {
        faults.none();
        server.stop();
        gate.close();
    }

    private StatusRuntimeException refusal(String method, String... metadata) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> server.call(method, metadata));
    }

    private static Status.Code code(StatusRuntimeException refusal) {
        return refusal.getStatus().getCode();
    }

    private static Iterable<String> challenges(StatusRuntimeException refusal) {
        return refusal.getTrailers().getAll(GrpcServer.key("www-authenticate"));
    }

    private static String bearer(Grant grant) {
        return "Bearer " + grant.access().reveal();
    }

    @Test
    void open_stranger_isServed() {
        assertThat(server.call("open/who")).isEqualTo("a stranger");
    }

    @Test
    void open_tokenOfAnEndedLogin_isServedAsAStranger() {
        Grant grant = gate.login(Login.of("ada"));
        assertThat(server.call("open/who", "authorization", bearer(grant))).isEqualTo("ada");
        gate.logins().endAll("ada");

        assertThat(server.call("open/who", "authorization", bearer(grant))).isEqualTo("a stranger");
    }

    @Test
    void secured_token_isKnown() {
        Grant grant = gate.login(Login.of("ada"));

        assertThat(server.call("secured/who", "authorization", bearer(grant))).isEqualTo("ada");
    }

    @Test
    void secured_withoutCredential_isUnauthenticatedWithAChallengeForEachLane() {
        StatusRuntimeException refusal = refusal("secured/who");

        assertThat(code(refusal)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(challenges(refusal)).hasSize(2).last().isEqualTo("Bearer");
    }

    @Test
    void secured_endedLogin_isUnauthenticatedAtOnceAndSaysNoMoreThanInvalid() {
        Grant grant = gate.login(Login.of("ada"));
        assertThat(server.call("secured/who", "authorization", bearer(grant))).isEqualTo("ada");
        gate.logout(grant.access());

        StatusRuntimeException ended = refusal("secured/who", "authorization", bearer(grant));
        StatusRuntimeException nonsense = refusal("secured/who", "authorization", "Bearer nonsense");

        assertThat(code(ended)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(challenges(ended)).containsExactly("Bearer error=\"invalid_token\"");
        assertThat(challenges(nonsense)).containsExactly("Bearer error=\"invalid_token\"");
        assertThat(nonsense.getStatus().getDescription())
                .isEqualTo(ended.getStatus().getDescription())
                .isEqualTo(refusal("secured/who").getStatus().getDescription());
    }

    @Test
    void secured_expiredCredential_isUnauthenticated() {
        Grant grant = gate.login(Login.of("ada"));
        clock.advance(Duration.ofMinutes(31));

        assertThat(code(refusal("secured/who", "authorization", bearer(grant)))).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"strong/who", "secured/vault", "open/vault"})
    void proof_methodMissing_isUnauthenticatedAndAsksForAStepUp(String method) {
        Grant grant = gate.login(Login.of("ada"));
        Grant strong = gate.login(Login.builder("ada").methods("otp").build());

        StatusRuntimeException refusal = refusal(method, "authorization", bearer(grant));

        assertThat(code(refusal)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(challenges(refusal)).containsExactly("Bearer error=\"insufficient_user_authentication\"");
        assertThat(server.call(method, "authorization", bearer(strong))).isEqualTo("ada");
    }

    @Test
    void credentials_twoInOneCall_areRefused() {
        String one = bearer(gate.login(Login.of("ada")));
        String other = bearer(gate.login(Login.of("bob")));

        assertThat(code(refusal("secured/who", "authorization", one, "authorization", other)))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open/who", "secured/who"})
    void outage_anyService_isUnavailableAndTheCredentialStaysGood(String method) {
        Grant grant = gate.login(Login.of("ada"));

        faults.down();
        StatusRuntimeException refusal = refusal(method, "authorization", bearer(grant));
        faults.none();

        assertThat(code(refusal)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal.getTrailers().get(GrpcServer.key("retry-after"))).isEqualTo("5");
        assertThat(refusal.getStatus().getDescription()).isEqualTo("try again later");
        assertThat(server.call(method, "authorization", bearer(grant))).isEqualTo("ada");
    }

    @Test
    void outage_callWithoutCredential_isServed() {
        faults.down();

        assertThat(server.call("open/who")).isEqualTo("a stranger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open/down", "open/down-later"})
    void method_outageThatIsThrownOrGivenToOnError_isUnavailableWithoutItsMessage(String method) {
        StatusRuntimeException refusal = refusal(method);

        assertThat(code(refusal)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal.getStatus().getDescription()).doesNotContain("10.0.0.7");
    }

    @Test
    void method_thrownLoginRefused_isResourceExhausted() {
        assertThat(code(refusal("open/full"))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(code(refusal("open/full-later"))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    /** The failure of a call to another service says nothing about this client. */
    @Test
    void method_thrownStatusOfAnotherService_isUnknown() {
        StatusRuntimeException refusal = refusal("open/elsewhere");

        assertThat(code(refusal)).isEqualTo(Status.Code.UNKNOWN);
        assertThat(refusal.getStatus().getDescription()).doesNotContain("our own token");
    }

    @Test
    void logout_token_endsTheLogin() {
        Grant grant = gate.login(Login.of("ada"));

        server.call("secured/logout", "authorization", bearer(grant));

        assertThat(code(refusal("secured/who", "authorization", bearer(grant)))).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(gate.logins().of("ada")).isEmpty();
    }

    @Test
    void secured_byAnotherHttpAuth_takesNoLoginOfThisOne() {
        Grant grant = gate.login(Login.of("ada"));

        assertThat(code(refusal("others/who", "authorization", bearer(grant)))).isEqualTo(Status.Code.UNKNOWN);
    }

    @Test
    void stream_loginThatEndsMeanwhile_isClosedAtItsNextQuestion() {
        Grant grant = gate.login(Login.of("ada"));
        Channel channel = ClientInterceptors.intercept(
                server.channel(),
                MetadataUtils.newAttachHeadersInterceptor(GrpcServer.metadata("authorization", bearer(grant))));
        Answers answers = new Answers();
        StreamObserver<String> questions = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(Gates.method("secured/echo", BIDI_STREAMING), CallOptions.DEFAULT), answers);
        questions.onNext("one");
        assertThat(answers.next()).isEqualTo("ada: one");
        gate.logins().endAll("ada");

        questions.onNext("two");

        assertThat(code(answers.failure())).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(challenges(answers.failure())).containsExactly("Bearer error=\"invalid_token\"");
    }

    @Test
    void stream_withoutAMessage_isServed() {
        Answers answers = new Answers();

        ClientCalls.asyncClientStreamingCall(
                        server.channel().newCall(Gates.method("open/nothing", CLIENT_STREAMING), CallOptions.DEFAULT),
                        answers)
                .onCompleted();

        assertThat(answers.next()).isEqualTo("a stranger");
    }

    /** Behind a proxy that turns gRPC-Web into gRPC. */
    @Test
    void cookie_ofAnotherSite_isPermissionDenied() {
        String cookie = "__Host-Http-id=" + gate.login(Login.of("ada")).access().reveal();

        assertThat(code(refusal("open/who", "cookie", cookie, "origin", "https://evil.example")))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(server.call("open/who", "cookie", cookie, "origin", SITE)).isEqualTo("ada");
    }

    @Test
    void cookie_thatIsRenewedOnTheWay_comesWithTheHeaders() {
        Grant grant = gate.login(Login.of("ada"));
        String cookies = "__Host-Http-id=" + grant.access().reveal() + "; __Host-Http-id-renewal="
                + grant.renewal().reveal();
        clock.advance(Duration.ofMinutes(16));

        Metadata headers = server.headersOf("secured/who", "cookie", cookies, "origin", SITE);

        assertThat(headers.getAll(GrpcServer.key("set-cookie"))).isNotEmpty();
    }

    @Test
    void event_ofARejection_namesTheClient() {
        refusal("secured/who", "authorization", "Bearer nonsense");

        AuthEvent.Rejected rejected = events.stream()
                .filter(AuthEvent.Rejected.class::isInstance)
                .map(AuthEvent.Rejected.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(rejected.client().address()).isEqualTo("127.0.0.1");
        assertThat(rejected.client().agent()).startsWith("a-program/1");
    }
}
