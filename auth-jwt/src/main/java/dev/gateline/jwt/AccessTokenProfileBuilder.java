package dev.gateline.jwt;

import dev.gateline.internal.Rules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes an {@link AccessTokenProfile}: each method loosens one rule, or names a claim. Not thread-safe. */
public final class AccessTokenProfileBuilder {
    private static final Set<String> ONLY_IN_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash", "s_hash");

    private Set<String> types = Set.of(TokenKind.ACCESS_TOKEN);
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

    AccessTokenProfileBuilder() {}

    /**
     * What {@code typ} may be, in any case, with {@code application/} or without.
     *
     * @param types default: {@code at+jwt}
     */
    public AccessTokenProfileBuilder types(String... types) {
        this.types = Stream.of(types).map(JoseHeader::mediaType).collect(Collectors.toUnmodifiableSet());
        return this;
    }

    /** A header may have no {@code typ}. */
    public AccessTokenProfileBuilder typeMayBeMissing() {
        typeMayBeMissing = true;
        return this;
    }

    /** {@code x5t} and {@code x5t#S256} may stand in the header, and are not looked at. */
    public AccessTokenProfileBuilder ignoresCertificateHints() {
        ignoresCertificateHints = true;
        return this;
    }

    /**
     * A claim that access tokens have.
     *
     * @param claim of any value but null
     */
    public AccessTokenProfileBuilder requires(String claim) {
        return requiresAnyOf(claim);
    }

    /**
     * A claim that access tokens have. It tells them from ID tokens only if no ID token has a claim of that name.
     *
     * @param claim outermost
     * @param value exactly that text
     */
    public AccessTokenProfileBuilder requires(String claim, String value) {
        required.add(new TokenMark(List.of(claim), value));
        return this;
    }

    /**
     * Claims of which access tokens have at least one.
     *
     * @param claims of any value but null
     */
    public AccessTokenProfileBuilder requiresAnyOf(String... claims) {
        required.add(new TokenMark(List.of(claims), null));
        return this;
    }

    /**
     * Claims that access tokens do not have.
     *
     * @param claims beside {@code nonce}, {@code at_hash}, {@code c_hash} and {@code s_hash}
     */
    public AccessTokenProfileBuilder refuses(String... claims) {
        refused.addAll(List.of(claims));
        return this;
    }

    /**
     * Which claim tells one token from all others.
     *
     * @param claim default: {@code jti}
     */
    public AccessTokenProfileBuilder tokenIdFrom(String claim) {
        tokenIdClaim = claim;
        return this;
    }

    /**
     * Tokens have no id: a digest of header and claims stands for it. Another signature of the same token has the
     * same. Nobody else knows it, so that there can't be {@link JwtVerifierBuilder#revocations revocations}.
     */
    public AccessTokenProfileBuilder tokenIdFromDigest() {
        tokenIdClaim = "";
        return this;
    }

    /**
     * Which claims name the audience.
     *
     * @param claims the first that is there decides; default: {@code aud}
     */
    public AccessTokenProfileBuilder audienceFrom(String... claims) {
        audienceClaims = List.of(claims);
        return this;
    }

    /**
     * Which claim names the user.
     *
     * @param claim unique within the issuer and never given to another user; default: {@code sub}
     */
    public AccessTokenProfileBuilder subjectFrom(String claim) {
        subjectClaim = claim;
        return this;
    }

    /**
     * Clients that act for themselves have no subject: it is then {@code client:} and the client's id. Users whose
     * subject begins so are refused.
     *
     * @param claim the client's id; default: a token without a subject is refused
     */
    public AccessTokenProfileBuilder clientsWithoutSubject(String claim) {
        clientClaim = claim;
        return this;
    }

    /**
     * Adds a place where scopes are, as an array or as words in one text; they are moved to the claim
     * {@code scope}.
     *
     * @param path names of members, from the outermost on; default: {@code scope}
     */
    public AccessTokenProfileBuilder scopesFrom(String... path) {
        scopes.add(new ClaimPlace(path(path), ClaimPlace.Form.WORDS));
        return this;
    }

    /**
     * Adds a place where roles are, as an array or as one text, which is one role; they are moved to the claim
     * {@code roles}.
     *
     * @param path names of members, from the outermost on; default: {@code roles}
     */
    public AccessTokenProfileBuilder rolesFrom(String... path) {
        roles.add(new ClaimPlace(path(path), ClaimPlace.Form.TEXTS));
        return this;
    }

    /**
     * Adds a place where an object has a member for each role; the names are moved to the claim {@code roles}.
     *
     * @param path names of members, from the outermost on
     */
    public AccessTokenProfileBuilder roleNamesFrom(String... path) {
        roles.add(new ClaimPlace(path(path), ClaimPlace.Form.MEMBER_NAMES));
        return this;
    }

    /**
     * Takes the ID tokens of the issuer, too. They are for the application that the user logged in to, not for an
     * API.
     */
    public AccessTokenProfileBuilder insecureIdTokensAsAccessTokens() {
        takesIdTokens = true;
        return this;
    }

    /** For an issuer that copies it from the ID token, and has a mark of its own. */
    AccessTokenProfileBuilder mayHaveNonce() {
        mayHaveNonce = true;
        return this;
    }

    private static List<String> path(String... names) {
        Rules.require(names.length > 0, "path: at least one name");
        return List.of(names);
    }

    /**
     * Checks the whole.
     *
     * @throws IllegalArgumentException if nothing tells an access token from an ID token
     */
    public AccessTokenProfile build() {
        Rules.require(!types.isEmpty() || typeMayBeMissing, "types: at least one, or typeMayBeMissing()");
        Rules.require(!audienceClaims.isEmpty(), "audienceFrom: at least one claim");
        Rules.require(
                isToldByType() || takesIdTokens || required.stream().anyMatch(TokenMark::tellsApart),
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
