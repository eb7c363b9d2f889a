package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.LoginThrottle;
import dev.gateline.RenewalPolicy;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.session.SessionAuthenticatorBuilder;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.MemoryStorage;
import dev.gateline.store.ShardedStorage;
import dev.gateline.store.Storage;
import dev.gateline.store.Written;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

class SettingsTest {
    private static final String ORIGIN = "gateline.origins=https://park.example";
    private static final String[] TOKENS = {
        ORIGIN, "gateline.jwt.issuer=https://park.example", "gateline.jwt.audience=park"
    };

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GatelineAutoConfiguration.class));

    @Test
    void strategy_absent_isSessionInMemory() {
        runner.withPropertyValues(ORIGIN).run(context -> {
            assertThat(context).hasSingleBean(SessionAuthenticator.class).hasSingleBean(MemoryStorage.class);
            assertThat(context).hasSingleBean(HttpAuth.class).hasSingleBean(LoginThrottle.class);
            assertThat(context).doesNotHaveBean(JwtAuthenticator.class).doesNotHaveBean(KeyRing.class);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "JWT", "Jwt"})
    void strategy_jwt_isTokensAlone(String spelling) {
        runner.withPropertyValues(TOKENS)
                .withPropertyValues("gateline.strategy=" + spelling)
                .run(context -> assertThat(context)
                        .hasSingleBean(JwtAuthenticator.class)
                        .doesNotHaveBean(SessionAuthenticator.class));
    }

    @Test
    void strategy_both_hasTwoAuthenticators() {
        runner.withPropertyValues(TOKENS)
                .withPropertyValues("gateline.strategy=both")
                .run(context -> assertThat(context)
                        .hasSingleBean(JwtAuthenticator.class)
                        .hasSingleBean(SessionAuthenticator.class)
                        .hasSingleBean(HttpAuth.class));
    }

    @ParameterizedTest
    @CsvSource({
        "gateline.origins, park.example",
        "gateline.login-page, https://evil.example",
        "gateline.reauthentication-page, prove",
        "gateline.timeouts.idle, 1ms",
        "gateline.timeouts.absolute, 50000d",
        "gateline.timeouts.grace, 2m",
        "gateline.timeouts.remembered-idle, 90d;gateline.timeouts.remembered-absolute=1d",
        "gateline.timeouts.remembered-absolute, 10ms",
        "gateline.login-limit.most, 0",
        "gateline.session.realm, a b",
        "gateline.session.rotate-every, 1s",
        "gateline.session.seen-interval, 2h",
        "gateline.memory.capacity, 0",
        "gateline.cookie.name, csrf",
        "gateline.cookie.insecure-shared-with-subdomains-of, localhost",
        "gateline.cookie.insecure-limited-to-path, members",
        "gateline.cookie.insecure-for-local-development, true",
        "gateline.cookie.insecure-sent-from-other-sites, true;gateline.cookie.embedded-in-other-sites=true",
        "gateline.throttle.key, c2hvcnQ="
    })
    void setting_outOfItsRule_isNamed(String property, String values) {
        String[] pairs = (property + "=" + values).split(";", -1);
        runner.withPropertyValues(ORIGIN).withPropertyValues(pairs).run(context -> assertNames(context, property));
    }

    @ParameterizedTest
    @CsvSource({
        "gateline.jwt.access-lifetime, 25h",
        "gateline.jwt.keys.rotate-every, 1m",
        "gateline.jwt.keys.file, /nowhere/at/all/keys.json",
        "gateline.timeouts.idle, 1m",
        "gateline.jwt.issuer, ''",
        "gateline.jwt.audience, ''"
    })
    void settingOfTokens_outOfItsRule_isNamed(String property, String value) {
        runner.withPropertyValues(TOKENS)
                .withPropertyValues("gateline.strategy=jwt", property + "=" + value)
                .run(context -> assertNames(context, property));
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "jwt"})
    void atLimit_withoutMost_isTheEffectOfTheHundredAndFirstLogin(String strategy) {
        runner.withPropertyValues(TOKENS)
                .withPropertyValues("gateline.strategy=" + strategy, "gateline.login-limit.at-limit=refuse")
                .run(context -> {
                    Authenticator gate = context.getBean(Authenticator.class);
                    for (int i = 0; i < 100; i++) {
                        gate.login(Login.of("ada"));
                    }

                    assertThatExceptionOfType(LoginRefusedException.class)
                            .isThrownBy(() -> gate.login(Login.of("ada")));
                });
    }

    @Test
    void limit_absent_isAHundredLogins() {
        runner.withPropertyValues(ORIGIN).run(context -> {
            SessionAuthenticator sessions = context.getBean(SessionAuthenticator.class);
            for (int i = 0; i < 101; i++) {
                sessions.login(Login.of("ada"));
            }

            assertThat(sessions.logins().of("ada")).hasSize(100);
        });
    }

    @Test
    void origins_absent_areNamed() {
        runner.run(context -> assertNames(context, "gateline.origins"));
    }

    @Test
    void keysReadOnly_withoutAFile_namesTheFile() {
        runner.withPropertyValues(TOKENS)
                .withPropertyValues("gateline.strategy=jwt", "gateline.jwt.keys.read-only=true")
                .run(context -> assertNames(context, "gateline.jwt.keys.file"));
    }

    @Test
    void store_redisWithoutItsArtifact_saysWhichToAdd() {
        runner.withPropertyValues(ORIGIN, "gateline.store=redis")
                .withClassLoader(new FilteredClassLoader("dev.gateline.redis"))
                .run(context -> {
                    FailureAnalysis analysis = assertNames(context, "gateline.store");
                    assertThat(analysis.getAction()).contains("dev.gateline:auth-redis");
                });
    }

    @Test
    void store_jdbcWithoutDataSource_saysWhatToAdd() {
        runner.withPropertyValues(ORIGIN, "gateline.store=jdbc").run(context -> {
            FailureAnalysis analysis = assertNames(context, "gateline.store");
            assertThat(analysis.getAction()).contains("spring.datasource.url");
        });
    }

    @Test
    void throttle_storageThatKeepsNoRateLimits_isNamed() {
        Storage memory = Storage.inMemory(1);
        runner.withPropertyValues(ORIGIN)
                .withBean(Storage.class, () -> Storage.of(memory.logins(), memory.revocations()))
                .run(context -> assertNames(context, "gateline.throttle.enabled"));
    }

    /** Each node would sign with keys of its own, and refuse the tokens of the others. */
    @Test
    void keys_ofAnOwnStorageInMemoryOnly_areRefused() {
        Storage memory = Storage.inMemory(1);
        ApplicationContextRunner tokens = runner.withPropertyValues(TOKENS)
                .withPropertyValues("gateline.strategy=jwt", "gateline.throttle.enabled=false")
                .withBean(Storage.class, () -> Storage.of(memory.logins(), memory.revocations()));

        tokens.run(context -> assertNames(context, "gateline.jwt.keys.file"));
        tokens.withBean(KeyRingStore.class, OneRing::new)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(JwtAuthenticator.class));
    }

    /** A key that each node makes up would give an account a budget at each node. */
    @Test
    void throttle_ownStorageWithoutAKey_isRefused() {
        Storage memory = Storage.inMemory(1);
        ApplicationContextRunner sharded =
                runner.withPropertyValues(ORIGIN).withBean(Storage.class, () -> ShardedStorage.of(Map.of("a", memory)));

        sharded.run(context -> assertNames(context, "gateline.throttle.key"));
        sharded.withPropertyValues("gateline.throttle.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LoginThrottle.class));
        sharded.withPropertyValues("gateline.throttle.key=" + key())
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(LoginThrottle.class));
    }

    private static String key() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    /** One of them may end the logins of disabled accounts. */
    @Test
    void renewals_moreThanOnePolicy_isRefusedUnlessOneIsPrimary() {
        ApplicationContextRunner one =
                runner.withPropertyValues(ORIGIN).withBean("roles", RenewalPolicy.class, RenewalPolicy::unchanged);

        one.run(context -> assertThat(context).hasNotFailed());
        one.withBean("accounts", RenewalPolicy.class, RenewalPolicy::unchanged)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("RenewalPolicy")
                        .hasMessageContaining("roles,accounts"));
        one.withBean("accounts", RenewalPolicy.class, RenewalPolicy::unchanged, bean -> bean.setPrimary(true))
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static final class OneRing implements KeyRingStore {
        private Optional<Document> kept = Optional.empty();

        @Override
        public synchronized Optional<Document> load() {
            return kept;
        }

        @Override
        public synchronized Written replace(Document next, long tag) {
            kept = Optional.of(next);
            return Written.DONE;
        }
    }

    @Test
    void redisUri_wrong_isNamedAndNotShown() {
        runner.withPropertyValues(ORIGIN, "gateline.store=redis", "gateline.redis.uri=http://ada:s3cret@host:1")
                .run(context -> {
                    FailureAnalysis analysis = assertNames(context, "gateline.redis.uri");
                    assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("s3cret");
                    assertThat(context.getStartupFailure()).hasStackTraceContaining("gateline.redis.uri");
                });
    }

    private static FailureAnalysis assertNames(
            org.springframework.boot.test.context.assertj.AssertableApplicationContext context, String property) {
        assertThat(context).hasFailed();
        FailureAnalysis analysis = new InvalidSettingFailureAnalyzer().analyze(context.getStartupFailure());
        assertThat(analysis).as("%s", context.getStartupFailure()).isNotNull();
        assertThat(analysis.getDescription()).contains("'" + property + "'");
        assertThat(analysis.getAction()).isNotBlank();
        return analysis;
    }

    @Test
    void properties_asText_showNoSecret() {
        String key = key();
        runner.withPropertyValues(
                        ORIGIN, "gateline.redis.uri=redis://ada:s3cret@host:1", "gateline.throttle.key=" + key)
                .run(context -> assertThat(
                                context.getBean(GatelineProperties.class).toString())
                        .doesNotContain("s3cret", key));
    }

    /** Beans of an application that takes everything into its own hands. */
    @Configuration(proxyBeanMethods = false)
    static class OwnBeans {
        private final Storage storage = Storage.inMemory(7);

        @Bean
        Storage ownStorage() {
            return storage;
        }

        @Bean
        CookieCarrier ownCookies() {
            return CookieCarrier.create().named("own");
        }

        @Bean
        SessionAuthenticator ownSessions() {
            return SessionAuthenticator.builder(storage).build();
        }

        @Bean
        LoginThrottle ownThrottle() {
            return new LoginThrottle() {
                @Override
                public java.time.Duration attempt(dev.gateline.LoginAttempt attempt) {
                    return java.time.Duration.ZERO;
                }

                @Override
                public String succeeded(dev.gateline.LoginAttempt attempt) {
                    return "";
                }
            };
        }

        @Bean
        HttpAuth ownHttpAuth(SessionAuthenticator sessions, CookieCarrier cookies) {
            return HttpAuth.builder()
                    .lane(cookies, sessions)
                    .origin("https://own.example")
                    .build();
        }
    }

    @Test
    void beans_ofTheApplication_takeThePlaceOfAll() {
        runner.withUserConfiguration(OwnBeans.class).run(context -> {
            for (Class<?> type : List.of(
                    Storage.class,
                    CookieCarrier.class,
                    SessionAuthenticator.class,
                    LoginThrottle.class,
                    HttpAuth.class)) {
                assertThat(context.getBeanNamesForType(type)).hasSize(1).allMatch(name -> name.startsWith("own"));
            }
        });
    }

    /** Hears in both ways, and changes a builder. */
    @Configuration(proxyBeanMethods = false)
    static class Ears {
        final List<AuthEvent> published = new ArrayList<>();
        final List<AuthEvent> told = new ArrayList<>();

        @EventListener
        void on(AuthEvent.LoggedIn event) {
            published.add(event);
        }

        @Bean
        AuthListener ears() {
            return told::add;
        }

        @Bean
        GatelineCustomizer<SessionAuthenticatorBuilder> staffOnly() {
            return builder -> builder.realm("staff");
        }
    }

    @Test
    void events_ofALogin_reachListenersAndTheApplication() {
        runner.withPropertyValues(ORIGIN).withUserConfiguration(Ears.class).run(context -> {
            context.getBean(SessionAuthenticator.class).login(Login.of("ada"));

            Ears ears = context.getBean(Ears.class);
            assertThat(ears.published).hasSize(1);
            assertThat(ears.told).hasSize(1).isEqualTo(ears.published);
        });
    }

    @Test
    void customizer_ofABuilder_isApplied() {
        runner.withPropertyValues(ORIGIN).withUserConfiguration(Ears.class).run(context -> {
            SessionAuthenticator sessions = context.getBean(SessionAuthenticator.class);

            String realm = sessions.authenticate(sessions.login(Login.of("ada")).access())
                    .toOptional()
                    .orElseThrow()
                    .realm();
            assertThat(realm).contains("staff");
        });
    }

    @Test
    void close_always_isToldToNobody() {
        List<AuthEvent> told = new ArrayList<>();
        runner.withPropertyValues(ORIGIN)
                .withBean(AuthListener.class, () -> told::add)
                .run(context -> context.getBean(SessionAuthenticator.class).login(Login.of("ada")));

        assertThat(told).hasSize(1);
    }

    @Test
    void metadata_ofEachProperty_hasADescription() throws Exception {
        String metadata;
        try (var file = GatelineProperties.class
                .getClassLoader()
                .getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
            metadata = new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        String properties = metadata.substring(metadata.indexOf("\"properties\""));
        List<String> entries = Stream.of(properties.split("\\},", -1))
                .filter(entry -> entry.contains("\"name\": \"gateline."))
                .toList();

        assertThat(entries).hasSizeGreaterThan(40);
        assertThat(entries).allMatch(entry -> entry.contains("\"description\""));
    }
}
