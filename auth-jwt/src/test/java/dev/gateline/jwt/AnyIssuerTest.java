package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Patience;
import dev.gateline.store.Storage;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnyIssuerTest {
    private static final String OTHER = "https://staff.example";

    private final Forge customers = Forge.of(Algorithm.ES256);
    private final Forge staff = Forge.of(Algorithm.RS256);
    private final List<AuthEvent> events = new ArrayList<>();
    private final AtomicInteger staffKeysAsked = new AtomicInteger();
    private final AnyIssuer any = AnyIssuer.of(
            builder(Forge.ISSUER, customers).build(),
            builder(OTHER, staff).subjectPrefix("staff:").build());

    private JwtVerifierBuilder builder(String issuer, Forge forge) {
        return JwtVerifier.builder(id -> {
                    staffKeysAsked.addAndGet(issuer.equals(OTHER) ? 1 : 0);
                    return Optional.of(forge.key());
                })
                .issuer(issuer)
                .audience(Forge.AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .listener(events::add)
                .clock(new MutableClock(Instant.ofEpochSecond(Forge.NOW)));
    }

    private Outcome<Identity> present(String token) {
        return any.authenticate(Credential.of(token));
    }

    @Test
    void authenticate_tokenOfEachIssuer_isProvedByThatIssuersKeys() {
        for (int i = 0; i < 2; i++) {
            Identity customer = present(customers.good()).toOptional().orElseThrow();
            Identity colleague = present(staff.withClaim("iss", '"' + OTHER + '"'))
                    .toOptional()
                    .orElseThrow();

            assertThat(customer.subject()).isEqualTo("ada");
            assertThat(customer.issuer()).isEqualTo(Forge.ISSUER);
            assertThat(colleague.subject()).isEqualTo("staff:ada");
            assertThat(colleague.issuer()).isEqualTo(OTHER);
        }
    }

    /** As the page about moving from jjwt wires it: tokens without {@code typ}, {@code kid} and {@code jti}. */
    @Test
    void authenticate_handWrittenTokenOfTheHostsOwnKey_isReadBesideTheHostsTokens() {
        KeyPair pair = Jwts.SIG.ES256.keyPair().build();
        SigningKey yours = SigningKey.of(Algorithm.ES256, pair).named("legacy-2024");
        JwtAuthenticator moved = JwtAuthenticator.builder(Storage.inMemory(10), KeyRing.of(yours))
                .issuer("https://park.example")
                .audience("park-api")
                .build();
        JwtVerifier legacy = JwtVerifier.builder(KeySet.of(yours.verification()))
                .issuer("park")
                .audience("visitors")
                .profile(AccessTokenProfile.builder()
                        .typeMayBeMissing()
                        .requires("kind", "access")
                        .tokenIdFromDigest()
                        .build())
                .subjectPrefix("old:")
                .tokensLiveUntilTheyExpire()
                .build();
        AnyIssuer both = AnyIssuer.of(moved, legacy);
        Credential old = Credential.of(handWritten(pair, "park", "visitors", ""));

        assertThat(both.authenticate(old).map(Identity::subject)).isEqualTo(Outcome.accepted("old:ada"));
        assertThat(both.authenticate(moved.login(Login.of("ada")).access()).map(Identity::subject))
                .isEqualTo(Outcome.accepted("ada"));
        assertThat(moved.authenticate(old).rejection()).contains(Rejection.WRONG_TYPE);
        String withoutKeyId = handWritten(pair, "https://park.example", "park-api", TokenKind.ACCESS_TOKEN);
        assertThat(moved.authenticate(Credential.of(withoutKeyId)).rejection()).contains(Rejection.BAD_SIGNATURE);
    }

    private static String handWritten(KeyPair pair, String issuer, String audience, String type) {
        Instant now = Instant.now();
        JwtBuilder token = Jwts.builder()
                .issuer(issuer)
                .audience()
                .add(audience)
                .and()
                .subject("ada")
                .claim("kind", "access")
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plusSeconds(600)));
        if (!type.isEmpty()) {
            token.header().type(type).and().id("1");
        }
        return token.signWith(pair.getPrivate()).compact();
    }

    @Test
    void authenticate_oneIssuersKeyUnderTheOthersName_isBadAndAsksNobodyElse() {
        assertThat(present(staff.good()).rejection()).contains(Rejection.BAD_SIGNATURE);
        assertThat(staffKeysAsked).hasValue(0);
        assertThat(present(customers.withClaim("iss", '"' + OTHER + '"')).rejection())
                .contains(Rejection.BAD_SIGNATURE);
    }

    @Test
    void authenticate_issuerThatIsNotWired_isTheWrongOneAndTold() {
        assertThat(present(customers.withClaim("iss", "\"https://evil.example\""))
                        .rejection())
                .contains(Rejection.WRONG_ISSUER);
        assertThat(events).singleElement().isInstanceOfSatisfying(AuthEvent.Rejected.class, event -> {
            assertThat(event.reason()).isEqualTo(Rejection.WRONG_ISSUER);
            assertThat(event.detail()).isEqualTo("iss: none of the issuers that are wired");
        });
    }

    @Test
    void authenticate_issuerThatCannotBeRead_isMalformed() {
        String good = customers.good();
        for (String token : List.of(
                "",
                "ey",
                "ey.",
                "ey.a.b",
                good.substring(0, good.lastIndexOf('.')),
                customers.withClaim("iss", "-"),
                customers.withClaim("iss", "null"),
                customers.withClaim("iss", "[\"" + Forge.ISSUER + "\"]"),
                customers.withClaim("iss\":\"" + Forge.ISSUER + "\",\"iss", "\"x\""))) {
            assertThat(present(token).rejection()).as(token).contains(Rejection.MALFORMED);
        }
        assertThat(present("e".repeat(9_000)).rejection()).contains(Rejection.TOO_LARGE);
        assertThat(events).hasSize(10);
    }

    @Test
    void authenticate_subjectThatLooksLikeAnotherIssuers_isRefused() {
        assertThat(present(customers.withClaim("sub", "\"staff:ada\"")).rejection())
                .contains(Rejection.WRONG_SUBJECT);
        assertThat(present(staff.withClaims("iss:\"" + OTHER + "\";sub:\"staff:ada\""))
                        .map(Identity::subject))
                .isEqualTo(Outcome.accepted("staff:staff:ada"));
    }

    @Test
    void of_subjectsThatMayBeTheSame_isRefused() {
        JwtVerifier plain = builder(Forge.ISSUER, customers).build();
        JwtVerifier other = builder(OTHER, staff).build();
        JwtVerifier a = builder(Forge.ISSUER, customers).subjectPrefix("a:").build();
        JwtVerifier longer = builder(OTHER, staff).subjectPrefix("a:b:").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyIssuer.of(plain, other))
                .withMessageContaining("subjectPrefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyIssuer.of(a, longer))
                .withMessageContaining("subjectPrefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyIssuer.of(longer, a))
                .withMessageContaining("subjectPrefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyIssuer.of(plain, a))
                .withMessageContaining("two verifiers");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder(OTHER, staff).subjectPrefix("x".repeat(33)).build())
                .withMessageStartingWith("subject prefix: ");
    }

    /** The host's own tokens. */
    private JwtAuthenticator own(Storage storage) {
        return JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.ES256))
                .issuer("https://own.example")
                .audience(Forge.AUDIENCE)
                .clock(new MutableClock(Instant.ofEpochSecond(Forge.NOW)))
                .listener(events::add)
                .build();
    }

    @Test
    void authenticate_ownTokenBesideAProviders_isProvedByItsOwnIssuerAndRevokedAtOnce() {
        JwtAuthenticator gate = own(Storage.inMemory(100));
        AnyIssuer both =
                AnyIssuer.of(gate, builder(OTHER, staff).subjectPrefix("staff:").build());
        Grant grant = gate.login(Login.of("ada"));

        Identity here = both.authenticate(grant.access()).toOptional().orElseThrow();
        Identity elsewhere = both.authenticate(Credential.of(staff.withClaim("iss", '"' + OTHER + '"')))
                .toOptional()
                .orElseThrow();

        assertThat(List.of(here.subject(), here.issuer())).containsExactly("ada", "https://own.example");
        assertThat(List.of(elsewhere.subject(), elsewhere.issuer())).containsExactly("staff:ada", OTHER);
        assertThat(both.recheck(here).map(Identity::subject)).isEqualTo(Outcome.accepted("ada"));
        assertThat(both.recheck(elsewhere).map(Identity::subject)).isEqualTo(Outcome.accepted("staff:ada"));
        assertThat(both.authenticate(grant.access(), Requirement.none().authoritative())
                        .rejection())
                .isEmpty();

        gate.logout(grant.access());
        assertThat(both.authenticate(grant.access()).rejection()).contains(Rejection.REVOKED);
        assertThat(both.recheck(here).toOptional()).isEmpty();
        assertThat(both.recheck(elsewhere).toOptional()).isPresent();
    }

    @Test
    void authenticate_ownSubjectThatLooksLikeAProviders_isRefused() {
        JwtAuthenticator gate = own(Storage.inMemory(100));
        AnyIssuer both =
                AnyIssuer.of(gate, builder(OTHER, staff).subjectPrefix("staff:").build());

        assertThat(both.authenticate(gate.login(Login.of("staff:ada")).access()).rejection())
                .contains(Rejection.WRONG_SUBJECT);
    }

    @Test
    void of_ownTokensAndAnothersWithoutAPrefix_isRefused() {
        JwtAuthenticator gate = own(Storage.inMemory(100));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyIssuer.of(gate, builder(OTHER, staff).build()))
                .withMessageContaining("subjectPrefix");
    }

    @Test
    void onEnded_ownLoginEnds_isTold() {
        JwtAuthenticator gate = own(Storage.inMemory(100));
        AnyIssuer both =
                AnyIssuer.of(gate, builder(OTHER, staff).subjectPrefix("staff:").build());
        List<Ending> heard = new CopyOnWriteArrayList<>();

        try (Verifier.Listening listening = both.onEnded(heard::add)) {
            gate.logout(gate.login(Login.of("ada")).access());
            Patience.await("heard", () -> !heard.isEmpty());
            assertThat(listening).isNotNull();
        }
        assertThat(heard.get(0)).isInstanceOf(Ending.OfLogin.class);
    }
}
