package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.CredentialKind;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.engine.Reporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads access tokens that only their issuer understands, by asking it about each (RFC 7662). An answer is kept for
 * some seconds; a token that is revoked meanwhile is accepted for as long. An issuer that does not answer is an
 * {@link AuthUnavailableException}. Thread-safe.
 */
public final class IntrospectionVerifier implements OneIssuer {
    /** A client that acts for itself has the subject {@code client:<id>}. */
    private static final AccessTokenProfile NAMES_OF_RFC_7662 = AccessTokenProfile.builder()
            .tokenIdFrom("jti")
            .clientsWithoutSubject("client_id")
            .build();

    private static final Set<String> ACCESS = Set.of("access", "access_token");

    private final TokenClaims.Expected expected;
    private final boolean audienceMayBeMissing;
    private final String prefix;
    private final Duration maxLifetime;
    private final IntrospectionCall call;
    private final IntrospectionCache cache;
    private final Duration keepFor;
    private final Clock clock;
    private final Reporter reporter;

    private IntrospectionVerifier(Builder builder) {
        JwtLibraries.check();
        check(builder.cacheFor, "cache for", Duration.ZERO, Duration.ofMinutes(1));
        check(builder.timeout, "timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        check(builder.maxCached > 0, "cached tokens: at least 1, was " + builder.maxCached);
        check(builder.maxCalls > 0, "concurrent calls: at least 1, was " + builder.maxCalls);
        URI endpoint = checkEndpoint(builder);
        check(
                !builder.authorization.isEmpty() || builder.client != null,
                "clientSecret(id, secret), or httpClient(...) that proves itself in another way");
        expected = builder.expected();
        audienceMayBeMissing = builder.audienceMayBeMissing;
        prefix = builder.prefix;
        maxLifetime = builder.maxLifetime();
        keepFor = builder.cacheFor;
        call = new IntrospectionCall(builder.client(), endpoint, builder.authorization, builder.timeout);
        cache = new IntrospectionCache(builder.cacheFor, builder.maxCached, builder.timeout, builder.maxCalls);
        clock = builder.clock();
        reporter = new Reporter(clock, builder.listener());
    }

    private static void check(Duration was, String what, Duration least, Duration most) {
        check(
                was.compareTo(least) >= 0 && was.compareTo(most) <= 0,
                what + ": " + least + " to " + most + ", was " + was);
    }

    private static void check(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Its address is in the messages of outages: a query may be a secret. */
    private static URI checkEndpoint(Builder builder) {
        URI endpoint = new TrustedAddresses("endpoint", builder.httpHosts).check(builder.endpoint);
        check(endpoint.getRawQuery() == null, "endpoint: without a query");
        return endpoint;
    }

    /**
     * Starts wiring.
     *
     * @param issuer who issues the tokens; if an answer names one, it is this
     * @param audience this service's name, one of those in {@code aud} of an answer
     * @param endpoint of introspection, https
     */
    public static Builder builder(String issuer, String audience, URI endpoint) {
        return new Builder(issuer, audience, endpoint);
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        Instant now = clock.instant();
        Outcome<Identity> outcome = readable(credential).then(token -> judge(token, requirement, now));
        return outcome instanceof Rejected<Identity> rejected
                ? reporter.reject(rejected, CredentialKind.ACCESS_TOKEN, expected.realm(), "", "", now)
                : outcome;
    }

    @Override
    public String issuer() {
        return expected.issuer();
    }

    @Override
    public String subjectPrefix() {
        return expected.subjectPrefix();
    }

    /** The beginning of all tokens that it reads. */
    String tokensBeginWith() {
        return prefix;
    }

    /** Tells of a token of which nothing is proved. */
    Outcome<Identity> tell(Rejected<Identity> rejected) {
        return reporter.reject(rejected, CredentialKind.ACCESS_TOKEN, expected.realm(), "", "", clock.instant());
    }

    private Outcome<Credential> readable(Credential credential) {
        if (credential.tooLong()) {
            return Outcome.rejected(Rejection.TOO_LARGE);
        }
        String text = credential.reveal();
        boolean isVisible = !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return isVisible && text.startsWith(prefix)
                ? Outcome.accepted(credential)
                : Outcome.rejected(Rejection.MALFORMED, "token: not visible ASCII that begins with '" + prefix + "'");
    }

    private Outcome<Identity> judge(Credential token, Requirement requirement, Instant now) {
        String digest = TokenClaims.digest(token.reveal());
        Outcome<Identity> outcome = reporter.orUnavailable(
                "introspect a token",
                () -> requirement.isAuthoritative()
                        ? cache.ask(digest, now, () -> question(token, digest, now))
                        : cache.get(digest, now, () -> question(token, digest, now)));
        return outcome.then(identity -> now.isBefore(identity.expiresAt())
                ? requirement.checkProof(outcome, now)
                : Outcome.rejected(Rejection.EXPIRED));
    }

    private Outcome<Identity> question(Credential token, String digest, Instant now) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>(call.ask(token));
        Object active = answer.remove("active");
        if (!(active instanceof Boolean isActive)) {
            throw new AuthUnavailableException("an answer about a token does not say whether it is active");
        }
        if (!isActive) {
            return Outcome.rejected(Rejection.UNKNOWN, "active: false");
        }
        return notAccess(answer)
                .<Outcome<Identity>>map(rule -> Outcome.rejected(Rejection.WRONG_TYPE, rule))
                .orElseGet(() -> identity(answer, digest, now));
    }

    /** Servers answer about refresh tokens, too. */
    private static Optional<String> notAccess(Map<String, @Nullable Object> answer) {
        Object type = answer.remove("token_type");
        if (type != null && !"bearer".equals(String.valueOf(type).toLowerCase(Locale.ROOT))) {
            return Optional.of("token_type: must be Bearer");
        }
        Object use = answer.get("token_use");
        if (use != null && !ACCESS.contains(String.valueOf(use))) {
            return Optional.of("token_use: must be access or access_token");
        }
        Object typ = answer.get("typ");
        boolean isOther = typ != null && !"Bearer".equals(typ) && !"at+jwt".equals(typ) && !"JWT".equals(typ);
        return isOther ? Optional.of("typ: must be Bearer, at+jwt or JWT") : Optional.empty();
    }

    /** All but the subject may be missing from an answer (RFC 7662 section 2.2). */
    private Outcome<Identity> identity(Map<String, @Nullable Object> answer, String digest, Instant now) {
        answer.putIfAbsent("iss", expected.issuer());
        answer.putIfAbsent("jti", digest);
        answer.putIfAbsent("exp", now.plus(keepFor).getEpochSecond() + 1);
        answer.putIfAbsent("iat", Math.min(now.getEpochSecond(), secondBefore(answer.get("exp"))));
        if (audienceMayBeMissing) {
            answer.putIfAbsent("aud", expected.audiences().iterator().next());
        }
        return TokenClaims.read(answer, () -> digest, expected)
                .map(TokenClaims.Said::identity)
                .then(this::withinTheLongestLifetime);
    }

    private static long secondBefore(@Nullable Object date) {
        return date instanceof Long seconds && seconds > 0 ? seconds - 1 : Long.MAX_VALUE;
    }

    private Outcome<Identity> withinTheLongestLifetime(Identity identity) {
        Duration lifetime = Duration.between(identity.issuedAt(), identity.expiresAt());
        return lifetime.compareTo(maxLifetime) > 0
                ? Outcome.rejected(Rejection.LIVES_TOO_LONG, "exp - iat: at most " + maxLifetime + ", was " + lifetime)
                : Outcome.accepted(identity);
    }

    /** Knows no more than the last answer: the token itself is needed to ask again. */
    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        Instant now = clock.instant();
        if (!identity.realm().equals(expected.realm()) || !identity.subject().startsWith(subjectPrefix())) {
            return Outcome.rejected(Rejection.UNKNOWN);
        }
        if (!now.isBefore(identity.expiresAt())) {
            return Outcome.rejected(Rejection.EXPIRED);
        }
        return requirement.isAuthoritative()
                ? Outcome.rejected(Rejection.INSUFFICIENT)
                : requirement.checkProof(Outcome.accepted(identity), now);
    }

    /**
     * The issuer tells of no endings.
     *
     * @throws IllegalStateException always
     */
    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        throw new IllegalStateException(
                "introspection tells of no endings: recheck streams, or authenticate them again");
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(prefix);
    }

    /** Wires an {@link IntrospectionVerifier}. Not thread-safe. */
    public static final class Builder extends VerifierSettings<Builder> {
        private final URI endpoint;
        private final Set<String> httpHosts = new HashSet<>();
        private String authorization = "";
        private @Nullable HttpClient client;
        private String prefix = "";
        private boolean audienceMayBeMissing;
        private Duration cacheFor = Duration.ofSeconds(10);
        private int maxCached = 10_000;
        private int maxCalls = 64;
        private Duration timeout = Duration.ofSeconds(5);

        private Builder(String issuer, String audience, URI endpoint) {
            super(issuer, audience, NAMES_OF_RFC_7662);
            this.endpoint = endpoint;
        }

        @Override
        Builder self() {
            return this;
        }

        private HttpClient client() {
            if (client != null) {
                RemoteDocument.checkFollowsNoRedirects(client);
                return client;
            }
            return HttpClient.newBuilder()
                    .connectTimeout(timeout)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }

        /**
         * How this service proves itself to the issuer: HTTP Basic, by RFC 6749 section 2.3.1.
         *
         * @param id of this service as a client there
         * @param secret its password
         */
        public Builder clientSecret(String id, Credential secret) {
            authorization = IntrospectionCall.basic(id, secret);
            return this;
        }

        /**
         * A client of the host's: with a proxy, a trust store or a certificate to prove itself.
         *
         * @param client follows no redirects, and is closed by the host; default: one of this verifier's own
         */
        public Builder httpClient(HttpClient client) {
            this.client = client;
            return this;
        }

        /**
         * What all tokens of the issuer begin with: the issuer is not asked about others.
         *
         * @param prefix default: empty
         */
        public Builder tokensBeginWith(String prefix) {
            this.prefix = prefix;
            return this;
        }

        /**
         * Takes answers that name no audience. A token that the issuer made for another service is then good here, too.
         */
        public Builder insecureAudienceMayBeMissing() {
            audienceMayBeMissing = true;
            return this;
        }

        /** Lets the endpoint be http on this machine. Whoever is on the way could read the tokens. */
        public Builder insecureHttpForLocalDevelopment() {
            httpHosts.addAll(TrustedAddresses.THIS_MACHINE);
            return this;
        }

        /**
         * Lets the endpoint be http at a host: {@code keycloak}, say, in a compose file. Whoever is on the way, or
         * answers for that name, could read the tokens, and let in others.
         *
         * @param host without scheme and port
         * @throws IllegalArgumentException if it is not only a host
         */
        public Builder insecureHttpFromHostInATrustedNetwork(String host) {
            httpHosts.add(TrustedAddresses.host(host));
            return this;
        }

        /**
         * How long an answer is good for. A token that is revoked is accepted for as long;
         * {@link Requirement#authoritative()} asks always.
         *
         * @param span 0 to 60 s, 0 for not at all; default 10 s
         */
        public Builder cacheFor(Duration span) {
            cacheFor = span;
            return this;
        }

        /**
         * How many answers are kept at most.
         *
         * @param tokens at least 1; default 10,000
         */
        public Builder maxCachedTokens(int tokens) {
            maxCached = tokens;
            return this;
        }

        /**
         * How many tokens may be asked about at the same time; beyond that is an {@link AuthUnavailableException}.
         *
         * @param calls at least 1; default 64
         */
        public Builder maxConcurrentCalls(int calls) {
            maxCalls = calls;
            return this;
        }

        /**
         * How long a call may take.
         *
         * @param timeout 100 ms to 1 min; default 5 s
         */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /**
         * Checks the whole; asks nothing yet.
         *
         * @throws IllegalArgumentException naming the rule that is broken, and the value
         */
        public IntrospectionVerifier build() {
            return new IntrospectionVerifier(this);
        }
    }
}
