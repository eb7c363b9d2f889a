package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signed and opaque tokens, of one issuer or of several. */
class AnyIssuerOpaqueTest {
    private static final String ISSUER = "https://id.park.example";
    private static final String PARTNER = "https://partner.example";
    private static final String ADA = "{'active':true,'aud':['park-api'],'sub':'ada'}";

    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final MutableClock clock = new MutableClock(Instant.ofEpochSecond(Forge.NOW));
    private final Forge forge = Forge.of(Algorithm.ES256);
    private IntrospectionEndpoint endpoint;
    private IntrospectionEndpoint partner;

    @BeforeEach
    void serve() throws IOException {
        endpoint = IntrospectionEndpoint.start(ADA);
        partner = IntrospectionEndpoint.start(ADA);
    }

    @AfterEach
    void stop() {
        endpoint.close();
        partner.close();
    }

    private IntrospectionVerifierBuilder builder() {
        return endpoint.verifier(ISSUER).listener(events::add).clock(clock);
    }

    private IntrospectionVerifierBuilder partner() {
        return partner.verifier(PARTNER)
                .subjectPrefix("partner:")
                .listener(events::add)
                .clock(clock);
    }

    private static Optional<Identity> inMemory(AnyIssuer any, String token, Requirement requirement) {
        return any.tryAuthenticate(Credential.of(token), requirement, Activity.USER);
    }

    private JwtVerifierBuilder signed(String issuer, Forge forge) {
        return JwtVerifier.builder(KeySet.of(forge.key()))
                .issuer(issuer)
                .audience(Forge.AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .listener(events::add)
                .clock(clock);
    }

    @Test
    void authenticate_signedAndOpaqueTokens_areEachProvedByTheirOwnIssuer() {
        Forge forge = Forge.of(Algorithm.ES256);
        AnyIssuer any = AnyIssuer.of(
                signed(Forge.ISSUER, forge).build(),
                builder().subjectPrefix("partner:").build());

        Identity own =
                any.authenticate(Credential.of(forge.good())).toOptional().orElseThrow();
        assertThat(endpoint.asked).isEmpty();
        Identity partner =
                any.authenticate(Credential.of("opaque-1")).toOptional().orElseThrow();

        assertThat(List.of(own.subject(), own.issuer())).containsExactly("ada", Forge.ISSUER);
        assertThat(List.of(partner.subject(), partner.issuer())).containsExactly("partner:ada", ISSUER);
        assertThat(any.recheck(partner).map(Identity::subject)).isEqualTo(Outcome.accepted("partner:ada"));
        assertThat(endpoint.asked).hasSize(1);
    }

    @Test
    void authenticate_tokenThatIsNotTheIntrospectingIssuers_isShownToNobody() {
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
        assertThat(endpoint.asked).isEmpty();
    }

    @Test
    void authenticate_signedAndOpaqueTokensOfOneIssuer_haveTheSameSubjects() {
        Forge forge = Forge.of(Algorithm.ES256);
        AnyIssuer any = AnyIssuer.of(signed(ISSUER, forge).build(), builder().build());

        assertThat(any.authenticate(Credential.of(forge.withClaim("iss", '"' + ISSUER + '"')))
                        .map(Identity::subject))
                .isEqualTo(Outcome.accepted("ada"));
        assertThat(any.authenticate(Credential.of("opaque-1")).map(Identity::subject))
                .isEqualTo(Outcome.accepted("ada"));
        assertThat(endpoint.asked).hasSize(1);
    }

    @Test
    void of_opaqueTokensThatMayBeOfTwoIssuers_isRefused() {
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
    void authenticate_opaqueTokensOfTwoIssuers_areShownToTheirOwnByTheirBeginning() {
        AnyIssuer any = AnyIssuer.of(
                builder().tokensBeginWith("at_").build(),
                partner().tokensBeginWith("pt_").build());

        assertThat(any.authenticate(Credential.of("pt_1")).map(Identity::subject))
                .isEqualTo(Outcome.accepted("partner:ada"));
        assertThat(endpoint.asked).isEmpty();
        assertThat(any.authenticate(Credential.of("at_1")).map(Identity::subject))
                .isEqualTo(Outcome.accepted("ada"));
        assertThat(partner.asked).hasSize(1);
        assertThat(any.authenticate(Credential.of("xt_1")).rejection()).contains(Rejection.MALFORMED);
        assertThat(events).singleElement().isInstanceOf(AuthEvent.Rejected.class);
        assertThat(any.prefixes()).containsExactlyInAnyOrder("ey", "at_", "pt_");
    }

    @Test
    void prefixes_opaqueTokensOfAnyBeginning_areAllTexts() {
        assertThat(AnyIssuer.of(builder().build()).prefixes()).containsExactly("");
    }

    @Test
    void of_beginningsOfWhichOneBeginsTheOther_isRefusedInBothOrders() {
        IntrospectionVerifier shorter = builder().tokensBeginWith("at").build();
        IntrospectionVerifier longer = partner().tokensBeginWith("at_").build();

        for (List<IntrospectionVerifier> both : List.of(List.of(shorter, longer), List.of(longer, shorter))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AnyIssuer.of(both.get(0), both.get(1)))
                    .withMessageContaining("tokensBeginWith");
        }
    }

    @Test
    void of_threeVerifiersOfOneIssuer_isRefusedAndOfTwoIssuersNot() {
        JwtVerifier signed = signed(ISSUER, forge).build();
        IntrospectionVerifier opaque = builder().tokensBeginWith("at_").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyIssuer.of(
                        signed, opaque, builder().tokensBeginWith("bt_").build()))
                .withMessage("two verifiers are of the issuer " + ISSUER);
        assertThat(AnyIssuer.of(signed, opaque, partner().tokensBeginWith("pt_").build())
                        .prefixes())
                .contains("pt_");
    }

    @Test
    void tryAuthenticate_tokenSeenBefore_isAnsweredFromMemory() {
        AnyIssuer any = AnyIssuer.of(
                signed(Forge.ISSUER, forge).build(),
                builder().subjectPrefix("staff:").build());
        String known = forge.good();
        assertThat(inMemory(any, known, Requirement.none())).isEmpty();
        assertThat(inMemory(any, "opaque", Requirement.none())).isEmpty();
        assertThat(endpoint.asked).isEmpty();

        assertThat(any.authenticate(Credential.of(known)).toOptional()).isPresent();
        assertThat(any.authenticate(Credential.of("opaque")).toOptional()).isPresent();

        assertThat(inMemory(any, known, Requirement.none()).map(Identity::subject))
                .contains("ada");
        assertThat(inMemory(any, "opaque", Requirement.none()).map(Identity::subject))
                .contains("staff:ada");
        assertThat(inMemory(any, known, Requirement.none().authoritative())).isEmpty();
        assertThat(inMemory(any, "opaque", Requirement.none().authoritative())).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(inMemory(any, "opaque", Requirement.none())).isEmpty();
        assertThat(endpoint.asked).hasSize(1);
    }

    @Test
    void tryAuthenticate_subjectThatLooksLikeAnotherIssuers_hasNoAnswer() {
        JwtVerifier own = signed(Forge.ISSUER, forge).build();
        String token = forge.withClaim("sub", "\"partner:ada\"");
        assertThat(own.authenticate(Credential.of(token)).toOptional()).isPresent();

        assertThat(inMemory(AnyIssuer.of(own, partner().build()), token, Requirement.none()))
                .isEmpty();
    }

    /** An introspection does not know that a signed token has ended, and both are of one issuer and audience. */
    @Test
    void recheck_loginOfASignedTokenThatHasEnded_isRejectedInAnyOrder() {
        RevocationStore revocations = Storage.inMemory(1).revocations();
        JwtVerifier signed = JwtVerifier.builder(KeySet.of(forge.key()))
                .issuer(ISSUER)
                .audience(Forge.AUDIENCE)
                .revocations(revocations)
                .clock(clock)
                .build();
        IntrospectionVerifier opaque = builder().tokensBeginWith("at_").build();
        Credential token = Credential.of(forge.withClaim("iss", "\"" + ISSUER + "\""));
        Identity ada = signed.authenticate(token).toOptional().orElseThrow();
        assertThat(AnyIssuer.of(opaque, signed).recheck(ada, Requirement.none()).toOptional())
                .isPresent();

        revocations.revoke(Revocation.ofLogin(ada.loginId(), clock.instant().plusSeconds(600)), clock.instant());

        assertThat(AnyIssuer.of(opaque, signed).recheck(ada, Requirement.none()).rejection())
                .contains(Rejection.REVOKED);
        assertThat(AnyIssuer.of(signed, opaque).recheck(ada, Requirement.none()).rejection())
                .contains(Rejection.REVOKED);
    }

    @Test
    void recheck_identityOfOneOfTheVerifiers_isJudgedByThatOne() {
        AnyIssuer any = AnyIssuer.of(
                signed(ISSUER, forge).build(),
                builder().tokensBeginWith("at_").build(),
                partner().tokensBeginWith("pt_").build());
        endpoint.answer = "{'active':true,'aud':['park-api'],'sub':'eve'}";
        Identity opaque = any.authenticate(Credential.of("at_1")).toOptional().orElseThrow();
        Identity other = any.authenticate(Credential.of("pt_1")).toOptional().orElseThrow();

        assertThat(any.recheck(opaque, Requirement.none())).isEqualTo(Outcome.accepted(opaque));
        assertThat(any.recheck(other, Requirement.none())).isEqualTo(Outcome.accepted(other));
        assertThat(any.recheck(opaque.issuedBy("https://nobody.example"), Requirement.none())
                        .rejection())
                .contains(Rejection.UNKNOWN);
        clock.advance(Duration.ofSeconds(11));
        assertThat(any.recheck(opaque, Requirement.none()).rejection()).contains(Rejection.EXPIRED);
    }
}
