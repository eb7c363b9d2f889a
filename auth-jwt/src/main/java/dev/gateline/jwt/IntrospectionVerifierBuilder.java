package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Requirement;
import dev.gateline.internal.Rules;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wires an {@link IntrospectionVerifier}. Not thread-safe. */
public final class IntrospectionVerifierBuilder extends VerifierSettings<IntrospectionVerifierBuilder> {
    /** The names of claims. A client that acts for itself has the subject {@code client:<id>}. */
    private static final AccessTokenProfile NAMES_OF_RFC_7662 = AccessTokenProfile.builder()
            .tokenIdFrom("jti")
            .clientsWithoutSubject("client_id")
            .build();

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

    IntrospectionVerifierBuilder(URI endpoint) {
        super(NAMES_OF_RFC_7662);
        this.endpoint = endpoint;
    }

    @Override
    protected IntrospectionVerifierBuilder self() {
        return this;
    }

    /**
     * Sets how this service authenticates to the issuer: by HTTP Basic (RFC 6749 section 2.3.1).
     *
     * @param id the client id of this service at the issuer
     * @param secret the password of the client
     */
    public IntrospectionVerifierBuilder clientSecret(String id, Credential secret) {
        authorization = IntrospectionCall.basic(id, secret);
        return this;
    }

    /**
     * Sets an HTTP client of the host, for a proxy, a trust store or a client certificate.
     *
     * @param client follows no redirects, and is closed by the host; default: a client of this verifier
     */
    public IntrospectionVerifierBuilder httpClient(HttpClient client) {
        this.client = client;
        return this;
    }

    /**
     * Sets the beginning of all tokens of the issuer. The issuer is not asked about other tokens.
     *
     * @param prefix default: empty
     */
    public IntrospectionVerifierBuilder tokensBeginWith(String prefix) {
        this.prefix = prefix;
        return this;
    }

    /**
     * Accepts answers that name no audience. A token that the issuer made for another service is then good here, too.
     */
    public IntrospectionVerifierBuilder insecureAudienceMayBeMissing() {
        audienceMayBeMissing = true;
        return this;
    }

    /** Accepts an http endpoint on this machine. Anybody on the way could read the tokens. */
    public IntrospectionVerifierBuilder insecureHttpForLocalDevelopment() {
        httpHosts.addAll(TrustedAddresses.THIS_MACHINE);
        return this;
    }

    /**
     * Accepts an http endpoint at one host, for example {@code keycloak} in a compose file. Anybody on the way, or with
     * that name, could read the tokens and have other tokens accepted.
     *
     * @param host the host, without scheme and port
     * @throws IllegalArgumentException if the text is not just a host
     */
    public IntrospectionVerifierBuilder insecureHttpFromHostInATrustedNetwork(String host) {
        httpHosts.add(TrustedAddresses.host(host));
        return this;
    }

    /**
     * Sets how long an answer is used. A token that is revoked meanwhile is accepted for that time. To authenticate
     * with {@link Requirement#authoritative()} always asks; {@link IntrospectionVerifier#recheck} can't ask.
     *
     * @param span 0 to 60 s, 0 to keep no answer; default 10 s
     */
    public IntrospectionVerifierBuilder cacheFor(Duration span) {
        cacheFor = span;
        return this;
    }

    /**
     * Sets how many answers are kept at most.
     *
     * @param tokens at least 1; default 10,000
     */
    public IntrospectionVerifierBuilder maxCachedTokens(int tokens) {
        maxCached = tokens;
        return this;
    }

    /**
     * Sets how many questions may be under way at the same time. Beyond that the answer is an {@link
     * AuthUnavailableException}.
     *
     * @param calls at least 1; default 64
     */
    public IntrospectionVerifierBuilder maxConcurrentCalls(int calls) {
        maxCalls = calls;
        return this;
    }

    /**
     * Sets how long a call may take.
     *
     * @param timeout 100 ms to 1 min; default 5 s
     */
    public IntrospectionVerifierBuilder timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /**
     * Builds the verifier. It asks the issuer nothing yet.
     *
     * @throws IllegalArgumentException if a setting breaks a rule; the message names the rule and the value
     */
    public IntrospectionVerifier build() {
        JwtLibraries.check();
        Rules.within("cache for", cacheFor, Duration.ZERO, Duration.ofMinutes(1));
        Rules.within("timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        Rules.require(maxCached > 0, "cached tokens: at least 1, was " + maxCached);
        Rules.require(maxCalls > 0, "concurrent calls: at least 1, was " + maxCalls);
        Rules.require(
                !authorization.isEmpty() || client != null,
                "clientSecret(id, secret), or httpClient(...) that proves itself in another way");
        return new IntrospectionVerifier(this, clock(), listener());
    }

    TokenExpiry expiry() {
        return new TokenExpiry(Duration.ZERO, Duration.ZERO, maxLifetime());
    }

    boolean audienceMayBeMissing() {
        return audienceMayBeMissing;
    }

    String tokensBeginWith() {
        return prefix;
    }

    IntrospectionCache cache() {
        return new IntrospectionCache(cacheFor, maxCached, timeout, maxCalls);
    }

    IntrospectionCall call() {
        return new IntrospectionCall(client(), checkedEndpoint(), authorization, timeout);
    }

    /** Checks the endpoint. It is in the messages of outages, so it must not have a query, which may be a secret. */
    private URI checkedEndpoint() {
        URI checked = new TrustedAddresses("endpoint", httpHosts).check(endpoint);
        Rules.require(checked.getRawQuery() == null, "endpoint: without a query");
        return checked;
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
}
