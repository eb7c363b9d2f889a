package dev.gateline.benchmarks;

import cn.dev33.satoken.config.SaTokenConfig;
import cn.dev33.satoken.stp.StpLogic;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.internal.Secrets;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.near.NearStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Revocation;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.shiro.session.mgt.DefaultSessionContext;
import org.apache.shiro.session.mgt.DefaultSessionKey;
import org.apache.shiro.session.mgt.DefaultSessionManager;
import org.apache.shiro.session.mgt.SessionKey;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps sessions of users with three claims, and finds one as a request does. */
public enum SessionLibrary {
    /** Gateline in memory. */
    GATELINE("Gateline", "memory") {
        @Override
        Sessions open(Place place) {
            return by(Storage.inMemory(Integer.MAX_VALUE));
        }
    },
    /** Spring Session in a map, by what its filter does: found, noted as used, saved. */
    SPRING_MAP("Spring Session, map", "memory") {
        @Override
        Sessions open(Place place) {
            return by(new MapSessionRepository(new ConcurrentHashMap<>()), true);
        }
    },
    /** Looks a session up without noting its use. */
    SPRING_MAP_FIND("Spring Session, map, no use noted", "memory") {
        @Override
        Sessions open(Place place) {
            return by(new MapSessionRepository(new ConcurrentHashMap<>()), false);
        }
    },
    /** Shiro's own sessions in memory: found, noted as used. */
    SHIRO("Shiro", "memory") {
        @Override
        Sessions open(Place place) {
            DefaultSessionManager manager = new DefaultSessionManager();
            manager.setGlobalSessionTimeout(Duration.ofMinutes(30).toMillis());
            manager.setSessionValidationSchedulerEnabled(false);
            return new Sessions() {
                @Override
                public String begin(int user) {
                    org.apache.shiro.session.Session session = manager.start(new DefaultSessionContext());
                    Sample.user(user).claims().asMap().forEach(session::setAttribute);
                    session.setAttribute("subject", "user-" + user);
                    return session.getId().toString();
                }

                @Override
                public Object find(String id) {
                    SessionKey key = new DefaultSessionKey(id);
                    org.apache.shiro.session.Session session = manager.getSession(key);
                    session.touch();
                    return session.getAttribute("subject");
                }
            };
        }
    },
    /** Sa-Token in memory: whose token this is, and a note of its use. */
    SA_TOKEN("Sa-Token", "memory") {
        @Override
        Sessions open(Place place) {
            SaTokenConfig config = new SaTokenConfig();
            config.setTimeout(Duration.ofHours(12).toSeconds());
            config.setActiveTimeout(Duration.ofMinutes(30).toSeconds());
            config.setIsConcurrent(true);
            config.setIsShare(false);
            config.setIsPrint(false);
            config.setIsLog(false);
            StpLogic logic = new StpLogic("benchmark").setConfig(config);
            return new Sessions() {
                @Override
                public String begin(int user) {
                    String token = logic.createLoginSession("user-" + user);
                    Sample.user(user)
                            .claims()
                            .asMap()
                            .forEach((name, value) ->
                                    logic.getSessionByLoginId("user-" + user).set(name, value));
                    return token;
                }

                @Override
                public Object find(String id) {
                    logic.checkActiveTimeout(id);
                    logic.updateLastActiveToNow(id);
                    return Objects.requireNonNull(logic.getLoginIdNotHandle(id));
                }
            };
        }
    },
    /** Gateline with copies of what Redis has. */
    GATELINE_REDIS("Gateline", "Redis") {
        @Override
        Sessions open(Place place) {
            return by(place.closing(
                    NearStorage.over(RedisStorage.builder(place.redis()).build())));
        }
    },
    /** Gateline that asks Redis each time. */
    GATELINE_REDIS_STRICT("Gateline, strict", "Redis") {
        @Override
        Sessions open(Place place) {
            return by(place.closing(
                    NearStorage.builder(RedisStorage.builder(place.redis()).build())
                            .authoritative()
                            .build()));
        }
    },
    /** Spring Session over Redis. */
    SPRING_REDIS("Spring Session Data Redis", "Redis") {
        @Override
        Sessions open(Place place) {
            return by(new RedisSessionRepository(place.template()), true);
        }
    },
    /** Gateline with copies of what PostgreSQL has. */
    GATELINE_POSTGRESQL("Gateline", "PostgreSQL") {
        @Override
        Sessions open(Place place) {
            return by(place.closing(NearStorage.over(postgresql(place))));
        }
    },
    /** Gateline that asks PostgreSQL each time. */
    GATELINE_POSTGRESQL_STRICT("Gateline, strict", "PostgreSQL") {
        @Override
        Sessions open(Place place) {
            return by(place.closing(
                    NearStorage.builder(postgresql(place)).authoritative().build()));
        }
    },
    /** Spring Session over PostgreSQL. */
    SPRING_JDBC("Spring Session JDBC", "PostgreSQL") {
        @Override
        Sessions open(Place place) {
            HikariDataSource pool = place.pool();
            new ResourceDatabasePopulator(
                            new ClassPathResource("org/springframework/session/jdbc/schema-postgresql.sql"))
                    .execute(pool);
            return by(
                    new JdbcIndexedSessionRepository(
                            new JdbcTemplate(pool), new TransactionTemplate(new DataSourceTransactionManager(pool))),
                    true);
        }
    },
    /** Nobody: the text that a request brings, made anew. It is in the figures of all others. */
    ID("the id alone", "") {
        @Override
        Sessions open(Place place) {
            return new Sessions() {
                @Override
                public String begin(int user) {
                    return "gs_" + "0123456789".repeat(6) + "%06d".formatted(user);
                }

                @Override
                public Object find(String id) {
                    return id;
                }
            };
        }
    };

    /** Live ones, of other logins. */
    private static final int REVOCATIONS = 10_000;

    private final String title;
    private final String where;

    SessionLibrary(String title, String where) {
        this.title = title;
        this.where = where;
    }

    /** Sessions in one place. Thread-safe. */
    interface Sessions {
        /** Logs a user in, and answers what the client then presents. */
        String begin(int user);

        /** Whose it is. */
        Object find(String id);
    }

    abstract Sessions open(Place place);

    String title() {
        return title;
    }

    /** The server that keeps the sessions; empty if there is none. */
    String where() {
        return where;
    }

    boolean hasServer() {
        return where.equals("Redis") || where.equals("PostgreSQL");
    }

    /** Whether it asks the server though it need not. */
    boolean isStrict() {
        return title.endsWith("strict");
    }

    /** Title and place. */
    String label() {
        return where.isEmpty() ? title : title + " (" + where + ")";
    }

    private static JdbcStorage postgresql(Place place) {
        return JdbcStorage.builder(place.pool())
                .serverPreparedStatements()
                .build()
                .createIfMissing();
    }

    private static Sessions by(Storage storage) {
        Instant now = Instant.now();
        for (int i = 0; i < REVOCATIONS; i++) {
            LoginId other = new LoginId(Secrets.id());
            storage.revocations().revoke(Revocation.ofLogin(other, now.plusSeconds(3600)), now);
        }
        SessionAuthenticator gate = SessionAuthenticator.builder(storage).build();
        return new Sessions() {
            @Override
            public String begin(int user) {
                Login login = Sample.user(user);
                return gate.login(login).access().reveal();
            }

            @Override
            public Object find(String id) {
                return gate.authenticate(Credential.of(id)).toOptional().orElseThrow();
            }
        };
    }

    private static <S extends Session> Sessions by(SessionRepository<S> repository, boolean isNoted) {
        UnaryOperator<S> use = session -> {
            session.setLastAccessedTime(Instant.now());
            repository.save(session);
            return session;
        };
        return new Sessions() {
            @Override
            public String begin(int user) {
                S session = repository.createSession();
                session.setAttribute("subject", "user-" + user);
                Sample.user(user).claims().asMap().forEach(session::setAttribute);
                repository.save(session);
                return session.getId();
            }

            @Override
            public Object find(String id) {
                S session = Objects.requireNonNull(repository.findById(id));
                return Objects.requireNonNull((isNoted ? use.apply(session) : session).getAttribute("subject"));
            }
        };
    }
}
