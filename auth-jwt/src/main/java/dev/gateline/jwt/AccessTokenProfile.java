package dev.gateline.jwt;

/**
 * The differences between the access tokens of one issuer and RFC 9068, which is the default. Every other rule of RFC
 * 9068 still holds. Only one profile, which says so in its name, accepts ID tokens as access tokens. Immutable.
 *
 * <p>{@code docs/providers.md} has the wiring for each provider. The profiles for providers follow the providers'
 * documentation.
 */
public final class AccessTokenProfile {
    private static final AccessTokenProfile RFC_9068 = builder().build();

    private final TokenKind kind;
    private final ClaimNames names;

    AccessTokenProfile(TokenKind kind, ClaimNames names) {
        this.kind = kind;
        this.names = names;
    }

    /**
     * The standard: {@code typ} is {@code at+jwt}, and {@code jti} is there. The tokens of {@link JwtAuthenticator}
     * fit.
     */
    public static AccessTokenProfile rfc9068() {
        return RFC_9068;
    }

    /** Auth0's own token profile, which is Auth0's default: {@code typ} is {@code JWT}, and there is no {@code jti}. */
    public static AccessTokenProfile auth0() {
        return builder()
                .types("JWT")
                .requires("azp")
                .requiresAnyOf("scope", "gty", "permissions")
                .tokenIdFromDigest()
                .rolesFrom("permissions")
                .build();
    }

    /** Keycloak, with either setting of {@code typ} in the header. The roles are those of the realm. */
    public static AccessTokenProfile keycloak() {
        return keycloakBuilder().build();
    }

    /**
     * Keycloak, with the roles of one client and those of the realm.
     *
     * @param client the id of a client, as in {@code resource_access}
     */
    public static AccessTokenProfile keycloak(String client) {
        return keycloakBuilder().rolesFrom("resource_access", client, "roles").build();
    }

    private static AccessTokenProfileBuilder keycloakBuilder() {
        return builder()
                .types("JWT", TokenKind.ACCESS_TOKEN)
                .requires("typ", "Bearer")
                .rolesFrom("realm_access", "roles");
    }

    /** Microsoft Entra ID, tokens of version 2.0. */
    public static AccessTokenProfile entraV2() {
        return entraBuilder("2.0").requires("azp").requires("azpacr").build();
    }

    /** Microsoft Entra ID, tokens of version 1.0, which an API gets unless its manifest asks for version 2. */
    public static AccessTokenProfile entraV1() {
        return entraBuilder("1.0").requires("appid").requires("appidacr").build();
    }

    private static AccessTokenProfileBuilder entraBuilder(String version) {
        return builder()
                .types("JWT")
                .ignoresCertificateHints()
                .requires("ver", version)
                .requiresAnyOf("scp", "roles")
                .tokenIdFrom("uti")
                .scopesFrom("scp")
                .rolesFrom("roles");
    }

    /** Amazon Cognito: the audience is the app client in {@code client_id}, or {@code aud} if a resource was named. */
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
                .types("JWT", TokenKind.ACCESS_TOKEN)
                .requires("cid")
                .requires("scp")
                .scopesFrom("scp")
                .rolesFrom("groups")
                .build();
    }

    /** Spring Authorization Server with its defaults: no {@code typ}, and the audience is the client. */
    public static AccessTokenProfile springAuthorizationServer() {
        return builder()
                .typeMayBeMissing()
                .requires("nbf")
                .marksAreDocumented()
                .refuses("azp")
                .build();
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
                .types("JWT", TokenKind.ACCESS_TOKEN)
                .requires("jti")
                .marksAreDocumented()
                .refuses("auth_time", "amr", "sid")
                .roleNamesFrom("urn:zitadel:iam:org:project:roles")
                .build();
    }

    /**
     * Takes Google's <em>ID tokens</em> as if they were access tokens. An ID token tells an application who has logged
     * in to it, and is not meant for an API. Anybody who gets such a token can act as that user here.
     */
    public static AccessTokenProfile insecureGoogleIdTokensAsAccessTokens() {
        return builder()
                .types("JWT")
                .insecureIdTokensAsAccessTokens()
                .tokenIdFromDigest()
                .build();
    }

    /** Starts a profile that is as strict as {@link #rfc9068()} until a method relaxes a rule. */
    public static AccessTokenProfileBuilder builder() {
        return new AccessTokenProfileBuilder();
    }

    /** Tells the access tokens of this issuer from its other tokens. */
    TokenKind kind() {
        return kind;
    }

    /** The names of the claims of this issuer. */
    ClaimNames names() {
        return names;
    }
}
