package dev.gateline.jwt;

import dev.gateline.ClockAndListener;
import dev.gateline.engine.Reporter;
import dev.gateline.internal.Rules;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Describes the source of keys. The listener hears of failed fetches, and once of each key that can't be used. Not
 * thread-safe.
 */
public final class RemoteKeysBuilder extends ClockAndListener<RemoteKeysBuilder> {
    private final URI address;
    private final String issuer;
    private final Set<String> httpHosts = new HashSet<>();
    private @Nullable URI metadata;
    private @Nullable URI jwks;
    private @Nullable HttpClient client;
    private Duration timeout = Duration.ofSeconds(5);
    private Duration refreshEvery = Duration.ofMinutes(5);
    private Duration unknownKeyInterval = Duration.ofSeconds(30);
    private Duration staleFor = Duration.ofHours(1);
    private SignatureProvider signatures = SignatureProvider.PLATFORM;
    private Executor executor = RemoteKeysBuilder::onAThreadOfItsOwn;

    RemoteKeysBuilder(URI address, String issuer) {
        this.address = address;
        this.issuer = issuer;
    }

    @Override
    protected RemoteKeysBuilder self() {
        return this;
    }

    private static void onAThreadOfItsOwn(Runnable fetch) {
        Thread thread = new Thread(fetch, "gateline-remote-keys");
        thread.setDaemon(true);
        thread.start();
    }

    /** Accepts keys over http from this machine. Anybody on the way could replace the keys. */
    public RemoteKeysBuilder insecureHttpForLocalDevelopment() {
        httpHosts.addAll(TrustedAddresses.THIS_MACHINE);
        return this;
    }

    /**
     * Accepts keys over http from one host, for example {@code keycloak} in a compose file. Anybody on the way, or with
     * that name, could replace the keys and then sign as the issuer.
     *
     * @param host the host, without scheme and port
     * @throws IllegalArgumentException if the text is not just a host
     */
    public RemoteKeysBuilder insecureHttpFromHostInATrustedNetwork(String host) {
        httpHosts.add(TrustedAddresses.host(host));
        return this;
    }

    /**
     * Fetches the issuer's metadata from another address than that of its name, such as an address inside a network.
     * The metadata must still name exactly the issuer.
     *
     * @param metadata the address, https
     */
    public RemoteKeysBuilder metadataFrom(URI metadata) {
        this.metadata = metadata;
        return this;
    }

    /**
     * Fetches the issuer's keys from another address than that in its metadata. The metadata must still name exactly
     * the issuer.
     *
     * @param jwks the address, https
     */
    public RemoteKeysBuilder jwksFrom(URI jwks) {
        this.jwks = jwks;
        return this;
    }

    /**
     * Sets the HTTP client: for a proxy, a trust store, or a client certificate.
     *
     * @param client follows no redirects, and is closed by the host; default: one for these keys
     */
    public RemoteKeysBuilder httpClient(HttpClient client) {
        this.client = client;
        return this;
    }

    /**
     * Sets how long each request of a fetch may take, and how long a caller waits for a fetch. With {@code issuer} a
     * fetch takes two requests, or three if the issuer publishes its metadata by OpenID Connect only.
     *
     * @param timeout 100 ms to 1 min; default 5 s
     */
    public RemoteKeysBuilder timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /**
     * Sets how old a set may get before it is fetched again. If callers use it, it is fetched before that; otherwise
     * the next caller waits.
     *
     * @param span from the unknown key interval to 24 h; default 5 min
     */
    public RemoteKeysBuilder refreshEvery(Duration span) {
        refreshEvery = span;
        return this;
    }

    /**
     * Sets the shortest time between two fetches that an unknown key or a failed fetch causes.
     *
     * @param span 1 s to 1 h; default 30 s
     */
    public RemoteKeysBuilder unknownKeyInterval(Duration span) {
        unknownKeyInterval = span;
        return this;
    }

    /**
     * Sets how long the last good set is used while it can't be fetched again.
     *
     * @param span 0 to 24 h; default 1 h
     */
    public RemoteKeysBuilder staleFor(Duration span) {
        staleFor = span;
        return this;
    }

    /**
     * Sets the provider that checks signatures with the keys. A key that the provider can't use is skipped. While the
     * provider is away, a token that needs one of its keys is an outage.
     *
     * @param provider default: the platform's first provider of each algorithm
     */
    public RemoteKeysBuilder signatures(SignatureProvider provider) {
        signatures = provider;
        return this;
    }

    RemoteKeysBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /**
     * Builds the keys. Nothing is fetched yet.
     *
     * @throws IllegalArgumentException if a setting breaks a rule; the message names the rule and the value
     */
    public RemoteKeys build() {
        Rules.within("timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        Rules.within("unknown key interval", unknownKeyInterval, Duration.ofSeconds(1), Duration.ofHours(1));
        Rules.within("refresh every", refreshEvery, unknownKeyInterval, Duration.ofHours(24));
        Rules.within("stale for", staleFor, Duration.ZERO, Duration.ofHours(24));
        return new RemoteKeys(this, clock());
    }

    KeyFetches fetches() {
        return new KeyFetches(
                source(), signatures, unknownKeyInterval, executor, clock(), new Reporter(clock(), listener()));
    }

    private JwksSource source() {
        if (client != null) {
            RemoteDocument.checkFollowsNoRedirects(client);
        }
        RemoteDocument documents = new RemoteDocument(timeout, client);
        TrustedAddresses addresses = new TrustedAddresses("address of keys", httpHosts);
        if (!issuer.isEmpty()) {
            addresses.check(metadata == null ? address : metadata);
            URI keys = jwks == null ? null : addresses.check(jwks);
            return new Discovery(documents, addresses, issuer, metadata, keys);
        }
        if (metadata != null || jwks != null) {
            throw new IllegalArgumentException(
                    "metadataFrom and jwksFrom are for an issuer; here the address of keys is wired");
        }
        return new JwksAddress(documents, addresses.check(address));
    }

    Duration timeout() {
        return timeout;
    }

    Duration refreshEvery() {
        return refreshEvery;
    }

    Duration staleFor() {
        return staleFor;
    }
}
