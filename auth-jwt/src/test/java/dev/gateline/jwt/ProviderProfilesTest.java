package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Credential;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each provider's tokens, in the shape that it documents: the access token is read, and nothing else is. */
class ProviderProfilesTest {
    private static final Forge FORGE = Forge.of(Algorithm.RS256);
    private static final Instant NOW = Instant.ofEpochSecond(Forge.NOW);

    private static JwtVerifierBuilder builder(Provider provider) {
        VerificationKey key = FORGE.key();
        return JwtVerifier.builder(id -> id.equals(key.id()) ? Optional.of(key) : Optional.empty())
                .issuer(provider.issuer())
                .audience(provider.audience())
                .profile(provider.profile())
                .tokensLiveUntilTheyExpire()
                .clock(new MutableClock(NOW));
    }

    private static Outcome<Identity> present(Provider provider, String token) {
        return builder(provider).build().authenticate(Credential.of(token));
    }

    static Stream<Provider> all() {
        return Stream.concat(Provider.all().stream(), Stream.of(Provider.google()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void authenticate_accessTokenOfAUser_saysItOneWay(Provider provider) {
        JwtVerifier verifier = builder(provider).build();
        for (int i = 0; i < 2; i++) {
            Outcome<Identity> outcome = verifier.authenticate(Credential.of(provider.access(FORGE)));
            assertThat(outcome.rejection()).as("%s", outcome).isEmpty();
            Identity identity = outcome.toOptional().orElseThrow();
            assertThat(identity.subject()).isEqualTo(provider.subject());
            assertThat(identity.issuer()).isEqualTo(provider.issuer());
            assertThat(identity.scopes()).containsExactlyInAnyOrderElementsOf(provider.scopes());
            assertThat(identity.roles()).containsExactlyInAnyOrderElementsOf(provider.roles());
        }
    }

    static Stream<Provider> withClients() {
        return Provider.all().stream().filter(it -> !it.clientClaims().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("withClients")
    void authenticate_accessTokenOfAClient_isAccepted(Provider provider) {
        Outcome<Identity> outcome = present(provider, Provider.sign(FORGE, provider.header(), provider.clientClaims()));

        assertThat(outcome.toOptional()).as("%s", outcome).isPresent();
    }

    /** Also one whose audience is the API, as where client and API are one application. */
    @ParameterizedTest
    @MethodSource("withIdTokens")
    void authenticate_idToken_isOfTheWrongType(Provider provider) {
        String header = provider.idToken().get(0);
        String claims = provider.idToken().get(1);
        String forUs = claims.replaceFirst("'aud':('[^']*'|\\[[^]]*])", "'aud':'" + provider.audience() + "'");

        assertThat(forUs).contains(provider.audience());
        assertThat(present(provider, Provider.sign(FORGE, header, claims)).rejection())
                .contains(Rejection.WRONG_TYPE);
        assertThat(present(provider, Provider.sign(FORGE, header, forUs)).rejection())
                .contains(Rejection.WRONG_TYPE);
        for (String mark : List.of("nonce", "at_hash", "c_hash", "s_hash", "sid", "amr")) {
            String bare = forUs.replaceAll(",'" + mark + "':('[^']*'|\\[[^]]*])", "");
            assertThat(present(provider, Provider.sign(FORGE, header, bare)).rejection())
                    .as("without %s", mark)
                    .contains(Rejection.WRONG_TYPE);
        }
    }

    static Stream<Provider> withIdTokens() {
        return Provider.all().stream();
    }

    static Stream<Arguments> marks() {
        return Stream.of(
                Arguments.of(Provider.auth0(), "azp", null),
                Arguments.of(Provider.keycloak(), "typ", null),
                Arguments.of(Provider.keycloak(), "typ", "ID"),
                Arguments.of(Provider.keycloak(), "typ", "Refresh"),
                Arguments.of(Provider.keycloak(), "typ", List.of("Bearer")),
                Arguments.of(Provider.entraV2(), "azp", null),
                Arguments.of(Provider.entraV2(), "ver", "1.0"),
                Arguments.of(Provider.entraV1(), "appid", null),
                Arguments.of(Provider.entraV1(), "scp", null),
                Arguments.of(Provider.cognito(), "token_use", "id"),
                Arguments.of(Provider.cognito(), "token_use", null),
                Arguments.of(Provider.okta(), "cid", null),
                Arguments.of(Provider.okta(), "scp", null),
                Arguments.of(Provider.springAuthorizationServer(), "nbf", null),
                Arguments.of(Provider.springAuthorizationServer(), "azp", "messaging-client"),
                Arguments.of(Provider.authentik(), "uid", null),
                Arguments.of(Provider.authentik(), "at_hash", "x"),
                Arguments.of(Provider.zitadel(), "jti", null),
                Arguments.of(Provider.zitadel(), "auth_time", Forge.NOW));
    }

    @ParameterizedTest
    @MethodSource("marks")
    void authenticate_markOfAccessTokensGoneOrOthersThere_isOfTheWrongType(
            Provider provider, String claim, Object value) {
        assertThat(present(provider, provider.with(FORGE, claim, value)).rejection())
                .contains(Rejection.WRONG_TYPE);
    }

    static Stream<Provider> typed() {
        return Provider.all().stream().filter(it -> it.profile() != AccessTokenProfile.rfc9068());
    }

    @ParameterizedTest
    @MethodSource("typed")
    void authenticate_hashOfAnIdToken_isOfTheWrongTypeUnlessTypIsTheStandards(Provider provider) {
        for (String hash : List.of("at_hash", "c_hash", "s_hash")) {
            Outcome<Identity> outcome = present(provider, provider.with(FORGE, hash, "x"));
            assertThat(outcome.toOptional().isPresent())
                    .as("%s", outcome)
                    .isEqualTo(provider.header().contains("at+jwt"));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void authenticate_whatNoProfileLoosens_isRefused(Provider provider) {
        assertRejected(provider, provider.with(FORGE, "iss", provider.issuer() + "x"), Rejection.WRONG_ISSUER);
        assertRejected(provider, provider.with(FORGE, "cnf", Map.of("jkt", "x")), Rejection.WRONG_TYPE);
        assertRejected(provider, provider.with(FORGE, "exp", Forge.NOW + 90_000), Rejection.LIVES_TOO_LONG);
        assertRejected(provider, provider.with(FORGE, "iat", Forge.NOW + 61), Rejection.NOT_YET_VALID);
        for (String claim : List.of("exp", "iat")) {
            assertRejected(provider, provider.with(FORGE, claim, null), Rejection.MALFORMED);
        }
        assertRejected(provider, provider.with(FORGE, "sub", 7), Rejection.MALFORMED);
        for (String member : List.of("jku", "jwk", "x5u", "x5c", "crit", "b64", "zip")) {
            String header = provider.header().replaceFirst("\\{", "{'" + member + "':'x',");
            assertRejected(provider, Provider.sign(FORGE, header, provider.claims()), Rejection.MALFORMED);
        }
        for (String type : List.of("logout+jwt", "secevent+jwt", "dpop+jwt", "rt+jwt")) {
            String header = "{'typ':'" + type + "','alg':'RS256','kid':'KID'}";
            assertRejected(provider, Provider.sign(FORGE, header, provider.claims()), Rejection.WRONG_TYPE);
        }
        for (String algorithm : List.of("none", "HS256", "RS384", "ES256")) {
            String header = provider.header().replace("RS256", algorithm);
            assertRejected(provider, Provider.sign(FORGE, header, provider.claims()), Rejection.BAD_SIGNATURE);
        }
    }

    private static void assertRejected(Provider provider, String token, Rejection reason) {
        assertThat(present(provider, token).rejection()).contains(reason);
    }

    @ParameterizedTest
    @MethodSource("all")
    void authenticate_audienceOfOthers_isRefused(Provider provider) {
        String claim = provider.name().equals("Cognito") ? "client_id" : "aud";

        assertRejected(provider, provider.with(FORGE, claim, "another"), Rejection.WRONG_AUDIENCE);
        assertRejected(provider, provider.with(FORGE, claim, List.of("a", "b")), Rejection.WRONG_AUDIENCE);
        assertRejected(provider, provider.with(FORGE, claim, null), Rejection.MALFORMED);
        assertThat(present(provider, provider.with(FORGE, claim, List.of("a", provider.audience())))
                        .toOptional())
                .isPresent();
    }

    @Test
    void authenticate_audienceAddedToTheFirst_isAccepted() {
        Provider spring = Provider.springAuthorizationServer();
        JwtVerifier both = builder(spring).audience("batch-client").build();

        assertThat(both.authenticate(Credential.of(spring.with(FORGE, "aud", "batch-client")))
                        .toOptional())
                .isPresent();
        assertRejected(spring, spring.with(FORGE, "aud", "batch-client"), Rejection.WRONG_AUDIENCE);
    }

    @Test
    void authenticate_cognitoTokenForANamedResource_isForThatAndNotForItsClient() {
        Provider cognito = Provider.cognito();

        assertRejected(cognito, cognito.with(FORGE, "aud", "https://other.example"), Rejection.WRONG_AUDIENCE);
    }

    @Test
    void authenticate_certificateHint_isIgnoredOnlyWhereTheProfileSaysSo() {
        Provider okta = Provider.okta();
        String hinted = okta.header().replaceFirst("\\{", "{'x5t#S256':'x',");
        Provider duende = Provider.duende();

        assertRejected(okta, Provider.sign(FORGE, hinted, okta.claims()), Rejection.MALFORMED);
        assertRejected(
                duende,
                Provider.sign(FORGE, duende.header().replaceFirst("'x5t':'[^']*'", "'x5t':[1]"), duende.claims()),
                Rejection.MALFORMED);
    }

    @Test
    void authenticate_clientWithoutSubject_isNoUserOfThatName() {
        Provider duende = Provider.duende();
        Outcome<Identity> client = present(duende, Provider.sign(FORGE, duende.header(), duende.clientClaims()));

        assertThat(client.map(Identity::subject)).isEqualTo(Outcome.accepted("client:batch"));
        assertRejected(duende, duende.with(FORGE, "sub", "client:batch"), Rejection.MALFORMED);
    }

    @Test
    void authenticate_rolesWhereTheProfileDoesNotLook_areNone() {
        Provider keycloak = Provider.keycloak();
        Identity identity = present(keycloak, keycloak.with(FORGE, "realm_access", "admin"))
                .toOptional()
                .orElseThrow();
        Identity mapped = present(keycloak, keycloak.with(FORGE, "roles", List.of("admin")))
                .toOptional()
                .orElseThrow();

        assertThat(identity.roles()).containsExactly("editor");
        assertThat(mapped.roles()).doesNotContain("admin");
    }

    @Test
    void authenticate_keycloakWithoutAClient_hasTheRolesOfTheRealm() {
        Provider provider = Provider.keycloak();
        JwtVerifier verifier =
                builder(provider).profile(AccessTokenProfile.keycloak()).build();

        Identity identity = verifier.authenticate(Credential.of(provider.access(FORGE)))
                .toOptional()
                .orElseThrow();

        assertThat(identity.roles()).containsExactlyInAnyOrder("offline_access", "keeper");
    }

    @Test
    void authenticate_idTokenOfGoogle_isTakenWhereTheProfileSaysSo() {
        Provider google = Provider.google();
        JwtVerifier strict =
                builder(google).profile(AccessTokenProfile.rfc9068()).build();
        JwtVerifier lax = builder(google)
                .profile(AccessTokenProfile.insecureGoogleIdTokensAsAccessTokens())
                .build();
        Credential token = Credential.of(google.access(FORGE));

        assertThat(strict.authenticate(token).rejection()).contains(Rejection.WRONG_TYPE);
        assertThat(lax.authenticate(token).toOptional()).isPresent();
    }

    @Test
    void authenticate_roleWithASpaceInOneText_isOneRole() {
        Provider duende = Provider.duende();
        Identity identity = present(duende, duende.with(FORGE, "role", "not admin"))
                .toOptional()
                .orElseThrow();

        assertThat(identity.roles()).containsExactly("not admin");
    }

    /** 3.7 KB of them. */
    @Test
    void authenticate_hundredsOfRoles_areAllThere() {
        Provider keycloak = Provider.keycloak();
        List<String> roles = Stream.iterate(0, i -> i + 1)
                .limit(280)
                .map(i -> "role-" + i + "-x")
                .toList();
        Identity identity = present(keycloak, keycloak.with(FORGE, "realm_access", Map.of("roles", roles)))
                .toOptional()
                .orElseThrow();

        assertThat(identity.roles()).hasSize(281).containsAll(roles);
    }

    @Test
    void authenticate_withoutAnId_hasTheDigestOfWhatWasSigned() {
        Provider auth0 = Provider.auth0();
        String token = auth0.access(FORGE);
        Identity one = present(auth0, token).toOptional().orElseThrow();
        Identity again = present(auth0, token).toOptional().orElseThrow();
        Identity other =
                present(auth0, auth0.with(FORGE, "more", 1)).toOptional().orElseThrow();

        assertThat(one.loginId()).isEqualTo(again.loginId()).isNotEqualTo(other.loginId());
        assertThat(one.loginId().value()).hasSize(43);
    }

    @Test
    void build_revocationsOfTokensWithoutAnId_isRefused() {
        VerificationKey key = FORGE.key();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtVerifier.builder(id -> Optional.of(key))
                        .issuer("i")
                        .audience("a")
                        .profile(AccessTokenProfile.auth0())
                        .revocations(Storage.inMemory(10).revocations())
                        .build())
                .withMessageContaining("no id to revoke");
    }

    @Test
    void build_profileThatAnIdTokenWouldFit_isRefused() {
        for (AccessTokenProfileBuilder loose : List.of(
                AccessTokenProfile.builder().types("JWT"),
                AccessTokenProfile.builder().types("application/JWT", "at+jwt"),
                AccessTokenProfile.builder().typeMayBeMissing(),
                AccessTokenProfile.builder().types("JWT").requires("azp").requires("sub"),
                AccessTokenProfile.builder().types("JWT").requires("azp", "spa"),
                AccessTokenProfile.builder().types("JWT").requires("acr", "1"),
                AccessTokenProfile.builder().types("JWT").requires("ver", "2.0"),
                AccessTokenProfile.builder().types("JWT").requiresAnyOf("scope", "sid"))) {
            assertThatIllegalArgumentException().isThrownBy(loose::build).withMessageContaining("ID token");
        }
        assertThat(AccessTokenProfile.builder().types("AT+JWT").build()).isNotNull();
        assertThat(AccessTokenProfile.builder()
                        .types("JWT")
                        .requires("kind", "access")
                        .build())
                .isNotNull();
    }

    /** The claims of OpenID Connect Core section 5.1 and of RFC 7519. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "given_name",
                "family_name",
                "middle_name",
                "nickname",
                "profile",
                "picture",
                "website",
                "email_verified",
                "gender",
                "birthdate",
                "zoneinfo",
                "locale",
                "phone_number",
                "phone_number_verified",
                "address",
                "updated_at",
                "jti",
                "nbf"
            })
    void build_markThatIdTokensMayHave_isRefused(String claim) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenProfile.builder()
                        .types("JWT")
                        .requires(claim)
                        .build())
                .withMessageContaining("ID token");
    }

    @Test
    void build_profileWithoutATypeAnAudienceOrAPath_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenProfile.builder()
                        .types()
                        .requires("kind", "access")
                        .build())
                .withMessage("types: at least one, or typeMayBeMissing()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenProfile.builder().audienceFrom().build())
                .withMessage("audienceFrom: at least one claim");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenProfile.builder().rolesFrom())
                .withMessage("path: at least one name");
    }

    @Test
    void authenticate_subjectOfAnotherClaim_namesTheUser() {
        AccessTokenProfile profile =
                AccessTokenProfile.builder().subjectFrom("user_id").build();
        JwtVerifier verifier = JwtVerifier.builder(KeySet.of(FORGE.key()))
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .profile(profile)
                .tokensLiveUntilTheyExpire()
                .clock(new MutableClock(NOW))
                .build();

        Outcome<Identity> named = verifier.authenticate(Credential.of(FORGE.withClaim("user_id", "\"u-7\"")));

        assertThat(named.map(Identity::subject)).isEqualTo(Outcome.accepted("u-7"));
        assertThat(verifier.authenticate(Credential.of(FORGE.good())).rejection())
                .contains(Rejection.MALFORMED);
    }

    @Test
    void authenticate_ofTheStandard_isRefusedByOthersProfilesAndTheReverse() {
        String token = FORGE.good();
        for (Provider provider : Provider.all()) {
            JwtVerifier foreign = JwtVerifier.builder(id -> Optional.of(FORGE.key()))
                    .issuer(Forge.ISSUER)
                    .audience(Forge.AUDIENCE)
                    .profile(provider.profile())
                    .tokensLiveUntilTheyExpire()
                    .clock(new MutableClock(NOW))
                    .build();
            boolean isStandard = provider.header().contains("at+jwt");
            assertThat(foreign.authenticate(Credential.of(token)).toOptional().isPresent())
                    .as(provider.name())
                    .isEqualTo(isStandard);
        }
    }

    @Test
    void authenticate_longerThanTheLifetimeThatWasSet_isRefused() {
        Provider okta = Provider.okta();
        JwtVerifier short_ = builder(okta).maxLifetime(Duration.ofSeconds(299)).build();

        assertThat(short_.authenticate(Credential.of(okta.access(FORGE))).rejection())
                .contains(Rejection.LIVES_TOO_LONG);
    }
}
