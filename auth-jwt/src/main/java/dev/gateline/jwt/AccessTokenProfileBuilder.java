package dev.gateline.jwt;

import dev.gateline.internal.Rules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes an {@link AccessTokenProfile}: each method relaxes one rule, or names a claim. Not thread-safe. */
public final class AccessTokenProfileBuilder {
    private static final Set<String> ONLY_IN_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash", "s_hash");

    private Set<String> types = Set.of(TokenKind.ACCESS_TOKEN);
    private boolean typeMayBeMissing;
    private boolean ignoresCertificateHints;
    private boolean mayHaveNonce;
    private boolean marksAreDocumented;
    private boolean takesIdTokens;
    private final List<TokenMark> required = new ArrayList<>();
    private final Set<String> refused = new LinkedHashSet<>();
    private List<String> audienceClaims = List.of("aud");
    private String tokenIdClaim = "jti";
    private String subjectClaim = "sub";
    private String clientClaim = "";
    private final List<ClaimPlace> scopes = new ArrayList<>();
    private final List<ClaimPlace> roles = new ArrayList<>();

    AccessTokenProfileBuilder() {}

    /**
     * Sets the permitted values of {@code typ}, in any case, with or without {@code application/}.
     *
     * @param types default: {@code at+jwt}
     */
    public AccessTokenProfileBuilder types(String... types) {
        this.types = Stream.of(types).map(JoseHeader::mediaType).collect(Collectors.toUnmodifiableSet());
        return this;
    }

    /** Accepts a header without {@code typ}. */
    public AccessTokenProfileBuilder typeMayBeMissing() {
        typeMayBeMissing = true;
        return this;
    }

    /** Accepts {@code x5t} and {@code x5t#S256} in the header, and ignores them. */
    public AccessTokenProfileBuilder ignoresCertificateHints() {
        ignoresCertificateHints = true;
        return this;
    }

    /**
     * Requires a claim.
     *
     * @param claim a claim with any value but null
     */
    public AccessTokenProfileBuilder requires(String claim) {
        return requiresAnyOf(claim);
    }

    /**
     * Requires a claim. It distinguishes access tokens from ID tokens only if no ID token has a claim of that name.
     *
     * @param claim the name of a claim of the token itself
     * @param value the exact text
     */
    public AccessTokenProfileBuilder requires(String claim, String value) {
        required.add(new TokenMark(List.of(claim), value));
        return this;
    }

    /**
     * Requires at least one of several claims.
     *
     * @param claims a claim with any value but null
     */
    public AccessTokenProfileBuilder requiresAnyOf(String... claims) {
        required.add(new TokenMark(List.of(claims), null));
        return this;
    }

    /**
     * Refuses tokens with certain claims.
     *
     * @param claims beside {@code nonce}, {@code at_hash}, {@code c_hash} and {@code s_hash}
     */
    public AccessTokenProfileBuilder refuses(String... claims) {
        refused.addAll(List.of(claims));
        return this;
    }

    /**
     * Sets the claim that identifies a token.
     *
     * @param claim default: {@code jti}
     */
    public AccessTokenProfileBuilder tokenIdFrom(String claim) {
        tokenIdClaim = claim;
        return this;
    }

    /**
     * Identifies a token by a digest of its header and claims, for tokens without an id. Another signature of the same
     * token has the same digest. Nobody else knows it, so {@link JwtVerifierBuilder#revocations revocations} are not
     * possible.
     */
    public AccessTokenProfileBuilder tokenIdFromDigest() {
        tokenIdClaim = "";
        return this;
    }

    /**
     * Sets the claims that name the audience.
     *
     * @param claims the first claim that is present decides; default: {@code aud}
     */
    public AccessTokenProfileBuilder audienceFrom(String... claims) {
        audienceClaims = List.of(claims);
        return this;
    }

    /**
     * Sets the claim that names the user.
     *
     * @param claim unique within the issuer and never given to another user; default: {@code sub}
     */
    public AccessTokenProfileBuilder subjectFrom(String claim) {
        subjectClaim = claim;
        return this;
    }

    /**
     * Accepts clients that act for themselves and have no subject. Their subject is then {@code client:} followed by
     * the client's id. A user whose subject begins like that is refused.
     *
     * @param claim the claim with the client's id; default: a token without a subject is refused
     */
    public AccessTokenProfileBuilder clientsWithoutSubject(String claim) {
        clientClaim = claim;
        return this;
    }

    /**
     * Adds a place of scopes, as an array or as words in one text. They are moved to the claim {@code scope}.
     *
     * @param path names of members, from the outermost one; default: {@code scope}
     */
    public AccessTokenProfileBuilder scopesFrom(String... path) {
        scopes.add(new ClaimPlace(path(path), ClaimPlace.Form.WORDS));
        return this;
    }

    /**
     * Adds a place of roles, as an array or as one text, which is one role. They are moved to the claim {@code roles}.
     *
     * @param path names of members, from the outermost one; default: {@code roles}
     */
    public AccessTokenProfileBuilder rolesFrom(String... path) {
        roles.add(new ClaimPlace(path(path), ClaimPlace.Form.TEXTS));
        return this;
    }

    /**
     * Adds a place with an object that has a member for each role. The names are moved to the claim {@code roles}.
     *
     * @param path names of members, from the outermost one
     */
    public AccessTokenProfileBuilder roleNamesFrom(String... path) {
        roles.add(new ClaimPlace(path(path), ClaimPlace.Form.MEMBER_NAMES));
        return this;
    }

    /**
     * Also accepts the ID tokens of the issuer. They are meant for the application to which the user logged in, not for
     * an API.
     */
    public AccessTokenProfileBuilder insecureIdTokensAsAccessTokens() {
        takesIdTokens = true;
        return this;
    }

    /**
     * Accepts the claim {@code nonce}, for an issuer that copies it from the ID token and marks its access tokens in
     * another way.
     */
    AccessTokenProfileBuilder mayHaveNonce() {
        mayHaveNonce = true;
        return this;
    }

    /** Takes the required claims for marks, as an issuer documents it, although other ID tokens may have them. */
    AccessTokenProfileBuilder marksAreDocumented() {
        marksAreDocumented = true;
        return this;
    }

    private static List<String> path(String... names) {
        Rules.require(names.length > 0, "path: at least one name");
        return List.of(names);
    }

    /**
     * Builds the profile.
     *
     * @throws IllegalArgumentException if nothing tells an access token from an ID token
     */
    public AccessTokenProfile build() {
        Rules.require(!types.isEmpty() || typeMayBeMissing, "types: at least one, or typeMayBeMissing()");
        Rules.require(!audienceClaims.isEmpty(), "audienceFrom: at least one claim");
        Rules.require(
                isToldByType()
                        || takesIdTokens
                        || marksAreDocumented
                        || required.stream().anyMatch(TokenMark::tellsApart),
                "an ID token would pass for an access token: types(\"" + TokenKind.ACCESS_TOKEN
                        + "\"), or requires(...) with a claim that only access tokens of this issuer have");
        return new AccessTokenProfile(
                new TokenKind(types, typeMayBeMissing, ignoresCertificateHints, List.copyOf(required), refused()),
                new ClaimNames(
                        audienceClaims,
                        tokenIdClaim,
                        subjectClaim,
                        clientClaim,
                        List.copyOf(scopes),
                        List.copyOf(roles)));
    }

    private boolean isToldByType() {
        return types.equals(Set.of(TokenKind.ACCESS_TOKEN)) && !typeMayBeMissing;
    }

    private Set<String> refused() {
        Set<String> all = new LinkedHashSet<>(refused);
        if (!takesIdTokens && !isToldByType()) {
            all.addAll(ONLY_IN_ID_TOKENS);
        }
        if (mayHaveNonce) {
            all.remove("nonce");
        }
        return Set.copyOf(all);
    }
}
