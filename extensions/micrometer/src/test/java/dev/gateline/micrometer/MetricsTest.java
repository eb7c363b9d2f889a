package dev.gateline.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Requirement;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.Faults;
import dev.gateline.kit.MutableClock;
import dev.gateline.near.NearStorage;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.ShardedStorage;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final TestObservationRegistry observations = TestObservationRegistry.create();
    private final Faults faults = new Faults();
    private final SharedStorage shared = ObservedStorage.of(
            SharedStorage.of(faults.around(Storage.inMemory(100)), ChangeFeed.inProcess()), observations);
    private final NearStorage near =
            NearStorage.builder(shared).listener(new AuthMetrics(registry)).build();
    private final Authenticator gate = TimedAuthenticator.of(
            SessionAuthenticator.builder(near)
                    .listener(new AuthMetrics(registry))
                    .build(),
            registry);

    @AfterEach
    void close() {
        gate.close();
        near.close();
        registry.close();
    }

    private double events(String event, String reason) {
        return registry.find("gateline.events").tag("event", event).tag("reason", reason).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long authenticated(String source, String outcome) {
        return registry.get("gateline.authenticate")
                .tag("source", source)
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    @Test
    void events_ofALogin_areCountedByNameAndReason() {
        Grant grant = gate.login(Login.of("ada"));
        gate.logout(grant.access());
        gate.authenticate(grant.access());
        gate.authenticate(Credential.of("nonsense"));

        assertThat(events("logged-in", "none")).isEqualTo(1);
        assertThat(events("ended", "logged-out")).isEqualTo(1);
        assertThat(events("rejected", "malformed")).isEqualTo(1);
        assertThat(events("rejected", "unknown") + events("rejected", "revoked"))
                .isEqualTo(1);
    }

    @Test
    void tags_ofAllMeters_nameNoUserAndNoLogin() {
        Grant grant = gate.login(Login.of("ada lovelace"));
        gate.renew(grant.renewal());
        gate.logins().endAll("ada lovelace");

        List<String> values = registry.getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> id.getTags().stream())
                .map(Tag::getValue)
                .toList();

        assertThat(values).isNotEmpty();
        assertThat(values)
                .noneMatch(it ->
                        it.contains("lovelace") || it.contains(grant.loginId().value()));
    }

    @Test
    void gauges_ofSeveralShards_areTagged() {
        NearStorage south = NearStorage.over(SharedStorage.of(Storage.inMemory(100), ChangeFeed.inProcess()));
        ShardedStorage shards = ShardedStorage.of(Map.of("north", near, "south", south));
        shards.shards()
                .forEach((name, shard) ->
                        new NearStorageMetrics((NearStorage) shard, Tags.of("shard", name)).bindTo(registry));
        try (Authenticator sharded = SessionAuthenticator.builder(shards).build()) {
            IntStream.range(0, 40).forEach(each -> sharded.login(Login.of("user " + each)));
        }

        double inNorth =
                registry.get("gateline.copies").tag("shard", "north").gauge().value();
        double inSouth =
                registry.get("gateline.copies").tag("shard", "south").gauge().value();
        assertThat(inNorth).isBetween(5.0, 35.0).isEqualTo(40 - inSouth);
        assertThat(registry.get("gateline.feed.fresh").gauges()).hasSize(2);
        south.close();
    }

    @Test
    void event_withoutARealm_isCounted() {
        new AuthMetrics(registry).on(new AuthEvent.FeedLost(Instant.EPOCH));

        assertThat(events("feed-lost", "none")).isEqualTo(1);
    }

    @Test
    void tryAuthenticate_withAndWithoutAnAnswer_isTimedOnceAndNoCallOfAStore() {
        Grant grant = gate.login(Login.of("ada"));
        int before = ObservedCalls.ofThisThread();

        assertThat(gate.tryAuthenticate(grant.access(), Requirement.none(), Activity.USER))
                .isPresent();
        assertThat(gate.tryAuthenticate(Credential.of("gs_" + "A".repeat(65)), Requirement.none(), Activity.USER))
                .isEmpty();

        assertThat(authenticated("memory", "accepted")).isEqualTo(1);
        assertThat(ObservedCalls.ofThisThread()).isEqualTo(before);
    }

    @Test
    void authenticate_fromMemoryAndFromTheStore_isTimedApart() {
        Grant grant = gate.login(Login.of("ada"));
        gate.authenticate(grant.access());
        assertThat(authenticated("memory", "accepted")).isEqualTo(1);

        gate.authenticate(Credential.of("gs_" + "A".repeat(65)));
        gate.authenticate(grant.access(), Requirement.none().authoritative());
        assertThat(authenticated("store", "accepted")).isEqualTo(1);
        faults.down();
        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() ->
                        gate.authenticate(grant.access(), Requirement.none().authoritative()));
        assertThat(authenticated("store", "unavailable")).isEqualTo(1);
    }

    @Test
    void storeCalls_ofALogin_areObservations() {
        gate.login(Login.of("ada"));

        TestObservationRegistryAssert.assertThat(observations)
                .hasAnObservation(it ->
                        it.hasNameEqualTo("gateline.store").hasLowCardinalityKeyValue("operation", "logins.insert"));
    }

    @Test
    void storeCall_thatFails_isAnObservationWithItsError() {
        faults.down();
        assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> gate.login(Login.of("ada")));

        TestObservationRegistryAssert.assertThat(observations)
                .hasAnObservation(it -> it.hasNameEqualTo("gateline.store").hasError());
    }

    @Test
    void gauges_ofANode_sayHowItStands() {
        new NearStorageMetrics(near).bindTo(registry);
        gate.login(Login.of("ada"));

        assertThat(registry.get("gateline.feed.fresh").gauge().value()).isEqualTo(1);
        assertThat(registry.get("gateline.feed.age").timeGauge().value()).isBetween(0.0, 60.0);
        assertThat(registry.get("gateline.copies").gauge().value()).isEqualTo(1);
        assertThat(registry.get("gateline.revocations").gauge().value()).isZero();
        assertThat(Math.abs(registry.get("gateline.clock.offset").timeGauge().value()))
                .isLessThan(60);
    }

    @Test
    void gauges_ofAKeyRing_sayHowOldTheActiveKeyIs() {
        MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
        KeyRing ring = KeyRing.builder(Algorithm.ES256).clock(clock).build();
        new KeyRingMetrics(ring, clock).bindTo(registry);
        clock.advance(Duration.ofHours(2));

        assertThat(registry.get("gateline.key.age").timeGauge().value()).isEqualTo(7200);
        assertThat(registry.get("gateline.keys").tag("state", "active").gauge().value())
                .isEqualTo(1);
    }

    /** A panel that asks for a meter that does not exist would stay empty, and nobody would notice. */
    @Test
    void dashboard_eachMeter_isThere() throws IOException {
        new NearStorageMetrics(near).bindTo(registry);
        new KeyRingMetrics(KeyRing.generate(Algorithm.ES256), Clock.systemUTC()).bindTo(registry);
        SharedStorage observed =
                ObservedStorage.of(SharedStorage.of(Storage.inMemory(1), ChangeFeed.inProcess()), timed());
        observed.revocations().epoch();
        gate.authenticate(gate.login(Login.of("ada")).access());
        String scraped = registry.scrape();
        Matcher names =
                Pattern.compile("gateline_\\w+").matcher(Files.readString(Path.of("../../docs/grafana/gateline.json")));

        Set<String> asked = new TreeSet<>();
        while (names.find()) {
            asked.add(names.group());
        }

        assertThat(asked)
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(scraped).contains(name));
    }

    private ObservationRegistry timed() {
        ObservationRegistry timed = ObservationRegistry.create();
        timed.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        return timed;
    }
}
