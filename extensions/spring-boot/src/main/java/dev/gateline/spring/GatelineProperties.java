package dev.gateline.spring;

import dev.gateline.LoginLimit;
import dev.gateline.jwt.Algorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code gateline}. One that is absent has the default of the builder that it goes to. Immutable.
 *
 * @param strategy How logins are kept.
 * @param store Where logins are kept.
 * @param origins Origins of the pages that may act with a browser's cookies, such as https://park.example.
 * @param insecureHttpOriginsForDevelopment Such origins over plain HTTP, on machines of the developers' network.
 * @param insecureCrossOriginAllowedAt Paths at which other sites may make a browser act with its cookies.
 * @param publicPaths Patterns of paths that need no login, such as / or /assets/**. All others need one.
 * @param loginPage Path of the page to which a browser without a login is sent.
 * @param reauthenticationPage Path of the page to which a browser is sent whose user has to prove more.
 * @param clearSiteDataAtLogout Whether browsers forget pages and what scripts have stored at logout.
 * @param filterOrder Place of the filter among the servlet filters; before that of Spring Security.
 * @param cookie Cookies, for browsers.
 * @param bearer The Authorization header, for programs.
 * @param timeouts How long logins last.
 * @param loginLimit How many live logins a user may have.
 * @param session Settings of sessions alone.
 * @param jwt Settings of signed tokens alone.
 * @param memory Settings of the store in memory.
 * @param redis Settings of the store in Redis.
 * @param jdbc Settings of the store in a database.
 * @param near Copies of a shared store in the memory of this node.
 * @param throttle The brake on guessing passwords.
 */
@ConfigurationProperties("gateline")
public record GatelineProperties(
        @DefaultValue("session") Strategy strategy,
        @DefaultValue("memory") StoreKind store,
        @DefaultValue List<String> origins,
        @DefaultValue List<String> insecureHttpOriginsForDevelopment,
        @DefaultValue List<String> insecureCrossOriginAllowedAt,
        @DefaultValue List<String> publicPaths,
        @Nullable String loginPage,
        @Nullable String reauthenticationPage,
        @DefaultValue("false") boolean clearSiteDataAtLogout,
        @DefaultValue("-104") int filterOrder,
        @DefaultValue Cookie cookie,
        @DefaultValue Bearer bearer,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Limit loginLimit,
        @DefaultValue Session session,
        @DefaultValue Jwt jwt,
        @DefaultValue Memory memory,
        @DefaultValue Redis redis,
        @DefaultValue Jdbc jdbc,
        @DefaultValue Near near,
        @DefaultValue Throttle throttle) {

    /**
     * Cookies.
     *
     * @param enabled Whether logins travel in cookies.
     * @param name Name behind the prefix that browsers check.
     * @param sameSite Which requests from other sites carry the cookies.
     * @param embeddedInOtherSites Whether the pages are embedded in pages of other sites.
     * @param insecureSentFromOtherSites Whether all requests that other sites make a browser send carry the cookies.
     * @param insecureSharedWithSubdomainsOf Domain whose hosts all get the cookies.
     * @param insecureLimitedToPath Path below which the cookies are sent.
     * @param insecureForLocalDevelopment Whether cookies go without Secure, for browsers that refuse such on localhost.
     */
    public record Cookie(
            @DefaultValue("true") boolean enabled,
            @Nullable String name,
            @DefaultValue("lax") SameSite sameSite,
            @DefaultValue("false") boolean embeddedInOtherSites,
            @DefaultValue("false") boolean insecureSentFromOtherSites,
            @Nullable String insecureSharedWithSubdomainsOf,
            @Nullable String insecureLimitedToPath,
            @DefaultValue("false") boolean insecureForLocalDevelopment) {}

    /**
     * The Authorization header.
     *
     * @param enabled Whether logins travel in the Authorization header.
     */
    public record Bearer(@DefaultValue("true") boolean enabled) {}

    /**
     * How long logins last.
     *
     * @param idle How long a login may go unused.
     * @param absolute How long a login may last, however much it is used.
     * @param rememberedIdle How long a login that the browser keeps beyond its own end may go unused.
     * @param rememberedAbsolute How long such a login may last.
     * @param grace How long a traded secret still leads to its successor once that was used.
     */
    public record Timeouts(
            @Nullable Duration idle,
            @Nullable Duration absolute,
            @Nullable Duration rememberedIdle,
            @Nullable Duration rememberedAbsolute,
            @Nullable Duration grace) {}

    /**
     * How many live logins a user may have.
     *
     * @param most Number of live logins of one user.
     * @param atLimit Consequence of one login more.
     */
    public record Limit(
            @DefaultValue("100") int most,
            @DefaultValue("end-least-recently-seen") LoginLimit.AtLimit atLimit) {}

    /**
     * Sessions.
     *
     * @param realm Name that sets these sessions apart from others in the same store.
     * @param rotateEvery How old a session's id becomes before it is traded for another.
     * @param seenInterval How often the use of a session is written down at most.
     * @param maxDataSize How many bytes of data a session may have.
     */
    public record Session(
            @Nullable String realm,
            @Nullable Duration rotateEvery,
            @Nullable Duration seenInterval,
            @Nullable Integer maxDataSize) {}

    /**
     * Signed tokens.
     *
     * @param issuer Issuer of the tokens, such as https://park.example.
     * @param audience Audience of the tokens, such as park-api.
     * @param accessLifetime How long an access token lives.
     * @param keys The keys that sign.
     */
    public record Jwt(
            @Nullable String issuer,
            @Nullable String audience,
            @Nullable Duration accessLifetime,
            @DefaultValue Keys keys) {}

    /**
     * The keys that sign. Without a file they are in the shared store, or, if there is none, in memory.
     *
     * @param algorithm Algorithm of keys that are made from now on.
     * @param file JWK Set with private parts, in which the ring is kept.
     * @param readOnly Whether somebody else writes that file.
     * @param name Name of the ring in the shared store.
     * @param rotateEvery How long a key signs.
     */
    public record Keys(
            @DefaultValue("ES256") Algorithm algorithm,
            @Nullable Path file,
            @DefaultValue("false") boolean readOnly,
            @DefaultValue("keys") String name,
            @Nullable Duration rotateEvery) {}

    /**
     * The store in memory.
     *
     * @param capacity How many logins it holds at most.
     */
    public record Memory(@DefaultValue("100000") int capacity) {}

    /**
     * The store in Redis.
     *
     * @param uri Address of one server, or of Sentinels, such as redis://user:password@host:6379.
     * @param cluster Addresses of some servers of a cluster, in the place of the one address.
     * @param keyPrefix Beginning of all keys.
     * @param timeout How long to wait for a connection, and for an answer.
     */
    public record Redis(
            @Nullable String uri,
            @DefaultValue List<String> cluster,
            @Nullable String keyPrefix,
            @Nullable Duration timeout) {

        /** Without the addresses, which may have passwords. */
        @Override
        public String toString() {
            return "Redis[keyPrefix=" + keyPrefix + ", timeout=" + timeout + "]";
        }
    }

    /**
     * The store in a database.
     *
     * @param createTables When the tables that are missing are created at the start.
     * @param pollInterval How often this node asks for changes.
     * @param serverPreparedStatements Whether PostgreSQL's driver may prepare statements at the server, which is
     *     faster; not behind a pooler that shares connections between transactions.
     * @param poolSize Number of connections of a pool for logins alone, which connects as the application's pool does.
     */
    public record Jdbc(
            @DefaultValue("embedded") TableCreation createTables,
            @Nullable Duration pollInterval,
            @DefaultValue("false") boolean serverPreparedStatements,
            @Nullable Integer poolSize) {}

    /**
     * Copies of a shared store.
     *
     * @param enabled Whether this node keeps copies; otherwise it asks the store for each request.
     * @param maxStaleness How long copies are trusted without a proof that they are right.
     * @param capacity How many logins are copied at most.
     */
    public record Near(
            @DefaultValue("true") boolean enabled,
            @Nullable Duration maxStaleness,
            @Nullable Integer capacity) {}

    /**
     * The brake on guessing passwords.
     *
     * @param enabled Whether there is one. With a shared store it needs a key as well.
     * @param key Base64 of 32 random bytes or more, the same on all nodes. With the store in memory it is made up.
     */
    public record Throttle(
            @DefaultValue("true") boolean enabled, @Nullable String key) {

        /** Without the key. */
        @Override
        public String toString() {
            return "Throttle[enabled=" + enabled + "]";
        }
    }
}
