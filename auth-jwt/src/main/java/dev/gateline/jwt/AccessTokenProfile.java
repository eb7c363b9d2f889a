package dev.gateline.jwt;

import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the access tokens of one issuer differ from RFC 9068, which is the default. What a profile does not name stays as
 * strict as there. Under no profile but the one that says so is an ID token taken for an access token. Immutable.
 *
 * <p>{@code docs/providers.md} has the wiring for each provider. The profiles for providers follow what those
 * document.
 */
public final class AccessTokenProfile {
    /** What the subject of a client begins with that acts for itself and has no {@code sub}. */
    static final String CLIENT = "client:";

    private static final String STANDARD_TYPE = "at+jwt";
    private static final Set<String> ONLY_IN_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash", "s_hash");

    private static final AccessTokenProfile RFC_9068 = builder().build();

    private final Set<String> types;
    private final boolean typeMayBeMissing;
    private final boolean ignoresCertificateHints;
    private final List<TokenMark> required;
    private final Set<String> refused;
    private final List<String> audienceClaims;
    private final String tokenIdClaim;
    private final String subjectClaim;
    private final String clientClaim;
    private final List<ClaimPlace> scopes;
    private final List<ClaimPlace> roles;

    private AccessTokenProfile(Builder builder) {
        types = Set.copyOf(builder.types);
        typeMayBeMissing = builder.typeMayBeMissing;
        ignoresCertificateHints = builder.ignoresCertificateHints;
        required = List.copyOf(builder.required);
        refused = builder.refused();
        audienceClaims = builder.audienceClaims;
        tokenIdClaim = builder.tokenIdClaim;
        subjectClaim = builder.subjectClaim;
        clientClaim = builder.clientClaim;
        scopes = List.copyOf(builder.scopes);
        roles = List.copyOf(builder.roles);
    }

    /**
     * The standard: {@code typ} is {@code at+jwt}, and {@code jti} is there. Takes the tokens of
     * {@link JwtAuthenticator}.
     */
    public static AccessTokenProfile rfc9068() {
        return RFC_9068;
    }

    /** Auth0's own token profile, which is the default there: {@code typ} is {@code JWT}, there is no {@code jti}. */
    public static AccessTokenProfile auth0() {
        return builder()
                .types("JWT")
                .requires("azp")
                .requiresAnyOf("scope", "gty", "permissions")
                .tokenIdFromDigest()
                .rolesFrom("permissions")
                .build();
    }

    /** Keycloak, with {@code typ} in the header as it is set there; the roles are those of the realm. */
    public static AccessTokenProfile keycloak() {
        return keycloakBuilder().build();
    }

    /**
     * Keycloak, with the roles of one client beside those of the realm.
     *
     * @param client the id of a client, as in {@code resource_access}
     */
    public static AccessTokenProfile keycloak(String client) {
        return keycloakBuilder().rolesFrom("resource_access", client, "roles").build();
    }

    private static Builder keycloakBuilder() {
        return builder().types("JWT", STANDARD_TYPE).requires("typ", "Bearer").rolesFrom("realm_access", "roles");
    }

    /** Microsoft Entra ID, tokens of version 2.0. */
    public static AccessTokenProfile entraV2() {
        return entraBuilder("2.0").requires("azp").requires("azpacr").build();
    }

    /** Microsoft Entra ID, tokens of version 1.0, which an API gets unless its manifest asks for version 2. */
    public static AccessTokenProfile entraV1() {
        return entraBuilder("1.0").requires("appid").requires("appidacr").build();
    }

    private static Builder entraBuilder(String version) {
        return builder()
                .types("JWT")
                .ignoresCertificateHints()
                .requires("ver", version)
                .requiresAnyOf("scp", "roles")
                .tokenIdFrom("uti")
                .scopesFrom("scp")
                .rolesFrom("roles");
    }

    /**
     * Amazon Cognito: the audience is the app client in {@code client_id}, or {@code aud} where a resource was named.
     */
    public static AccessTokenProfile cognito() {
        return builder()
                .typeMayBeMissing()
                .requires("token_use", "access")
                .audienceFrom("aud", "client_id")
                .rolesFrom("cognito:groups")
                .build();
    }

    /** Okta, tokens of a custom authorization server. */
    public static AccessTokenProfile okta() {
        return builder()
                .typeMayBeMissing()
                .types("JWT", STANDARD_TYPE)
                .requires("cid")
                .requires("scp")
                .scopesFrom("scp")
                .rolesFrom("groups")
                .build();
    }

    /** Spring Authorization Server as it comes: no {@code typ}, and the audience is the client. */
    public static AccessTokenProfile springAuthorizationServer() {
        return builder().typeMayBeMissing().requires("nbf").refuses("azp").build();
    }

    /**
     * Duende IdentityServer, also with certificates; a client that acts for itself has the subject {@code client:<id>}.
     */
    public static AccessTokenProfile duende() {
        return builder()
                .ignoresCertificateHints()
                .clientsWithoutSubject("client_id")
                .rolesFrom("role")
                .build();
    }

    /** authentik: access tokens are ID tokens with {@code azp} and {@code uid} in addition. */
    public static AccessTokenProfile authentik() {
        return builder()
                .types("JWT")
                .requires("azp")
                .requires("uid")
                .mayHaveNonce()
                .tokenIdFrom("uid")
                .rolesFrom("groups")
                .build();
    }

    /** ZITADEL, applications whose access tokens are JWTs; the roles are those of the project. */
    public static AccessTokenProfile zitadel() {
        return builder()
                .types("JWT", STANDARD_TYPE)
                .requires("jti")
                .refuses("auth_time", "amr", "sid")
                .roleNamesFrom("urn:zitadel:iam:org:project:roles")
                .build();
    }

    /**
     * Takes Google's <em>ID tokens</em> as if they were access tokens. An ID token tells an application who has logged
     * in to it, and was never meant to let anybody into an API: whoever gets hold of one acts as that user here.
     */
    public static AccessTokenProfile insecureGoogleIdTokensAsAccessTokens() {
        return builder()
                .types("JWT")
                .insecureIdTokensAsAccessTokens()
                .tokenIdFromDigest()
                .build();
    }

    /** Starts a profile that is as strict as {@link #rfc9068()} in all that is not loosened. */
    public static Builder builder() {
        return new Builder();
    }

    /** Judges a header; to be asked once for each that was not seen before. */
    Outcome<JoseHeader> check(JoseHeader header) {
        if (header.hasCertificateHint() && !ignoresCertificateHints) {
            return Outcome.rejected(Rejection.MALFORMED, "x5t: is not in the header of this issuer's tokens");
        }
        boolean fits = header.type().map(types::contains).orElse(typeMayBeMissing);
        return fits
                ? Outcome.accepted(header)
                : Outcome.rejected(Rejection.WRONG_TYPE, "typ: this issuer's access tokens have " + expectedTypes());
    }

    private String expectedTypes() {
        return String.join(" or ", new TreeSet<>(types)) + (typeMayBeMissing ? " or none" : "");
    }

    /** The rule that makes something else of these claims than an access token; empty if there is none. */
    Optional<String> wrongKind(Map<String, @Nullable Object> claims) {
        for (TokenMark mark : required) {
            if (!mark.isIn(claims)) {
                return Optional.of(mark.rule());
            }
        }
        for (String name : refused) {
            if (claims.containsKey(name)) {
                return Optional.of(name + ": this issuer's access tokens have none");
            }
        }
        return Optional.empty();
    }

    /** The claims of which the first that is there names the audience. */
    List<String> audienceClaims() {
        return audienceClaims;
    }

    /** The claim that names a token; empty if none does. */
    String tokenIdClaim() {
        return tokenIdClaim;
    }

    String subjectClaim() {
        return subjectClaim;
    }

    /** The claim that names a client which acts for itself; empty if all tokens have a subject. */
    String clientClaim() {
        return clientClaim;
    }

    /** Puts scopes and roles where {@link dev.gateline.Identity} looks for them. */
    void settle(Map<String, @Nullable Object> claims) {
        if (!scopes.isEmpty()) {
            ClaimPlace.moveAll(scopes, "scope", claims);
        }
        if (!roles.isEmpty()) {
            ClaimPlace.moveAll(roles, "roles", claims);
        }
    }

    /** Loosens one thing after the other. Not thread-safe. */
    public static final class Builder {
        private Set<String> types = Set.of(STANDARD_TYPE);
        private boolean typeMayBeMissing;
        private boolean ignoresCertificateHints;
        private boolean mayHaveNonce;
        private boolean takesIdTokens;
        private final List<TokenMark> required = new ArrayList<>();
        private final Set<String> refused = new LinkedHashSet<>();
        private List<String> audienceClaims = List.of("aud");
        private String tokenIdClaim = "jti";
        private String subjectClaim = "sub";
        private String clientClaim = "";
        private final List<ClaimPlace> scopes = new ArrayList<>();
        private final List<ClaimPlace> roles = new ArrayList<>();

        private Builder() {}

        /**
         * What {@code typ} may be, in any case, with {@code application/} or without.
         *
         * @param types default: {@code at+jwt}
         */
        public Builder types(String... types) {
            this.types = Stream.of(types).map(JoseHeader::mediaType).collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /** A header may have no {@code typ}. */
        public Builder typeMayBeMissing() {
            typeMayBeMissing = true;
            return this;
        }

        /** {@code x5t} and {@code x5t#S256} may stand in the header, and are not looked at. */
        public Builder ignoresCertificateHints() {
            ignoresCertificateHints = true;
            return this;
        }

        /**
         * A claim that access tokens have.
         *
         * @param claim of any value but null
         */
        public Builder requires(String claim) {
            return requiresAnyOf(claim);
        }

        /**
         * A claim that access tokens have. It tells them from ID tokens only if no ID token has a claim of that name.
         *
         * @param claim outermost
         * @param value exactly that text
         */
        public Builder requires(String claim, String value) {
            required.add(new TokenMark(List.of(claim), value));
            return this;
        }

        /**
         * Claims of which access tokens have at least one.
         *
         * @param claims of any value but null
         */
        public Builder requiresAnyOf(String... claims) {
            required.add(new TokenMark(List.of(claims), null));
            return this;
        }

        /**
         * Claims that access tokens do not have.
         *
         * @param claims beside {@code nonce}, {@code at_hash}, {@code c_hash} and {@code s_hash}
         */
        public Builder refuses(String... claims) {
            refused.addAll(List.of(claims));
            return this;
        }

        /**
         * Which claim tells one token from all others.
         *
         * @param claim default: {@code jti}
         */
        public Builder tokenIdFrom(String claim) {
            tokenIdClaim = claim;
            return this;
        }

        /**
         * Tokens have no id: a digest of header and claims stands for it. Another signature of the same token has the
         * same. Nobody else knows it, so that there can't be {@link JwtVerifier.Builder#revocations revocations}.
         */
        public Builder tokenIdFromDigest() {
            tokenIdClaim = "";
            return this;
        }

        /**
         * Which claims name the audience.
         *
         * @param claims the first that is there decides; default: {@code aud}
         */
        public Builder audienceFrom(String... claims) {
            audienceClaims = List.of(claims);
            return this;
        }

        /**
         * Which claim names the user.
         *
         * @param claim unique within the issuer and never given to another user; default: {@code sub}
         */
        public Builder subjectFrom(String claim) {
            subjectClaim = claim;
            return this;
        }

        /**
         * Clients that act for themselves have no subject: it is then {@code client:} and the client's id. Users whose
         * subject begins so are refused.
         *
         * @param claim the client's id; default: a token without a subject is refused
         */
        public Builder clientsWithoutSubject(String claim) {
            clientClaim = claim;
            return this;
        }

        /**
         * Adds a place where scopes are, as an array or as words in one text; they are moved to the claim
         * {@code scope}.
         *
         * @param path names of members, from the outermost on; default: {@code scope}
         */
        public Builder scopesFrom(String... path) {
            scopes.add(new ClaimPlace(path(path), ClaimPlace.Form.WORDS));
            return this;
        }

        /**
         * Adds a place where roles are, as an array or as one text, which is one role; they are moved to the claim
         * {@code roles}.
         *
         * @param path names of members, from the outermost on; default: {@code roles}
         */
        public Builder rolesFrom(String... path) {
            roles.add(new ClaimPlace(path(path), ClaimPlace.Form.TEXTS));
            return this;
        }

        /**
         * Adds a place where an object has a member for each role; the names are moved to the claim {@code roles}.
         *
         * @param path names of members, from the outermost on
         */
        public Builder roleNamesFrom(String... path) {
            roles.add(new ClaimPlace(path(path), ClaimPlace.Form.MEMBER_NAMES));
            return this;
        }

        /**
         * Takes the ID tokens of the issuer, too. They are for the application that the user logged in to, not for an
         * API.
         */
        public Builder insecureIdTokensAsAccessTokens() {
            takesIdTokens = true;
            return this;
        }

        /** For an issuer that copies it from the ID token, and has a mark of its own. */
        private Builder mayHaveNonce() {
            mayHaveNonce = true;
            return this;
        }

        private static List<String> path(String... names) {
            check(names.length > 0, "path: at least one name");
            return List.of(names);
        }

        private Set<String> refused() {
            Set<String> all = new LinkedHashSet<>(refused);
            boolean byType = types.equals(Set.of(STANDARD_TYPE)) && !typeMayBeMissing;
            if (!takesIdTokens && !byType) {
                all.addAll(ONLY_IN_ID_TOKENS);
            }
            if (mayHaveNonce) {
                all.remove("nonce");
            }
            return Set.copyOf(all);
        }

        /**
         * Checks the whole.
         *
         * @throws IllegalArgumentException if nothing tells an access token from an ID token
         */
        public AccessTokenProfile build() {
            boolean byType = types.equals(Set.of(STANDARD_TYPE)) && !typeMayBeMissing;
            check(!types.isEmpty() || typeMayBeMissing, "types: at least one, or typeMayBeMissing()");
            check(!audienceClaims.isEmpty(), "audienceFrom: at least one claim");
            check(
                    byType || takesIdTokens || required.stream().anyMatch(TokenMark::tellsApart),
                    "an ID token would pass for an access token: types(\"" + STANDARD_TYPE
                            + "\"), or requires(...) with a claim that only access tokens of this issuer have");
            return new AccessTokenProfile(this);
        }

        private static void check(boolean ok, String rule) {
            if (!ok) {
                throw new IllegalArgumentException(rule);
            }
        }
    }
}
