package dev.gateline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionDataTest {
    private static final AttributeKey<Cart> CART = AttributeKey.of("cart", Cart.class);
    private static final AttributeKey<String> NOTE = AttributeKey.of("note", String.class);
    private static final AttributeKey<Integer> COUNT = AttributeKey.of("count", Integer.class);
    private static final AttributeKey<List<Item>> ITEMS = AttributeKey.listOf("items", Item.class);
    private static final AttributeKey<Map<String, Item>> BY_NAME = AttributeKey.mapOf("byName", Item.class);

    record Item(String name, int count) {}

    record Cart(List<Item> items) {}

    private final MutableClock clock = new MutableClock();
    private final Storage storage = Storage.inMemory(100);
    private final SessionAuthenticator gate =
            SessionAuthenticator.builder(storage).clock(clock).build();
    private final Grant grant = gate.login(Login.of("ada"));
    private final SessionData data = gate.data(grant.loginId());

    @Test
    void put_everyKindOfValue_comesBackEqual() {
        Cart cart = new Cart(List.of(new Item("candyfloss \uD83C\uDFA1", 2)));
        data.put(CART, cart);
        data.put(NOTE, "");
        data.put(ITEMS, cart.items());
        data.put(BY_NAME, Map.of("a", new Item("a", 1)));

        assertThat(data.find(CART)).contains(cart);
        assertThat(data.find(NOTE)).contains("");
        assertThat(data.find(ITEMS)).contains(cart.items());
        assertThat(data.find(BY_NAME)).contains(Map.of("a", new Item("a", 1)));
        assertThat(data.find(COUNT)).isEmpty();
    }

    @Test
    void put_again_theLaterWins() {
        data.put(NOTE, "one");
        assertThat(data.put(NOTE, "two").toOptional()).contains("two");

        assertThat(data.find(NOTE)).contains("two");
    }

    @Test
    void remove_thereOrNot_saysWhich() {
        data.put(NOTE, "one");

        assertThat(data.remove(NOTE).toOptional()).contains(true);
        assertThat(data.remove(NOTE).toOptional()).contains(false);
        assertThat(data.find(NOTE)).isEmpty();
    }

    @Test
    void data_ofTheSession_staysThroughRotationAndStepUp() {
        data.put(NOTE, "kept");
        Grant renewed = gate.renew(grant.renewal()).toOptional().orElseThrow();
        gate.reauthenticate(renewed.renewal(), Login.of("ada"));

        assertThat(data.find(NOTE)).contains("kept");
    }

    @Test
    void data_ofAnotherSession_isAnother() {
        data.put(NOTE, "mine");

        assertThat(gate.data(gate.login(Login.of("ada")).loginId()).find(NOTE)).isEmpty();
    }

    @Test
    void put_differentKeysAtOnce_bothWin() throws Exception {
        race(32, i -> data.put(AttributeKey.of("key" + i, Integer.class), i));

        for (int i = 0; i < 32; i++) {
            assertThat(data.find(AttributeKey.of("key" + i, Integer.class))).contains(i);
        }
    }

    @Test
    void update_valueThereOrNot_answersWhatItWrote() {
        assertThat(data.update(COUNT, 5, count -> count + 1).toOptional()).contains(6);
        assertThat(data.update(COUNT, 5, count -> count + 1).toOptional()).contains(7);
    }

    @Test
    void attributeCodec_ofTheHost_writesAndReadsTheJson() {
        AttributeCodec quoted = new AttributeCodec() {
            @Override
            public String write(Object value, Type type) {
                return "{\"it\":\"" + value + "\"}";
            }

            @Override
            public Object read(String json, Type type) {
                return json.substring("{\"it\":\"".length(), json.length() - 2) + " of " + type.getTypeName();
            }
        };
        SessionAuthenticator own = SessionAuthenticator.builder(storage)
                .clock(clock)
                .attributeCodec(quoted)
                .build();

        own.data(grant.loginId()).put(NOTE, "hello");

        assertThat(own.data(grant.loginId()).find(NOTE)).contains("hello of java.lang.String");
    }

    @Test
    void update_oneKeyByMany_losesNone() throws Exception {
        race(32, i -> data.update(COUNT, 0, count -> count + 1));

        assertThat(data.find(COUNT)).contains(32);
    }

    @Test
    void put_whileTheIdIsRotated_neitherIsLost() throws Exception {
        race(32, i -> i % 2 == 0 ? gate.renew(grant.renewal()) : data.update(COUNT, 0, count -> count + 1));

        assertThat(data.find(COUNT)).contains(16);
        assertThat(gate.authenticate(grant.access()).toOptional()).isPresent();
    }

    @Test
    void put_sessionEnded_isToldAndNotBroughtBack() {
        gate.logout(grant.access());

        assertThat(data.put(NOTE, "late").rejection()).contains(Rejection.UNKNOWN);
        assertThat(data.update(COUNT, 0, count -> count + 1).rejection()).contains(Rejection.UNKNOWN);
        assertThat(data.remove(NOTE).rejection()).contains(Rejection.UNKNOWN);
        assertThat(data.find(NOTE)).isEmpty();
        assertThat(gate.authenticate(grant.access()).rejection()).contains(Rejection.UNKNOWN);
        assertThat(gate.logins().of("ada")).isEmpty();
    }

    @Test
    void put_whileItEnds_isNeverAWayBack() throws Exception {
        for (int i = 0; i < 200; i++) {
            Grant passing = gate.login(Login.of("grace"));
            SessionData its = gate.data(passing.loginId());
            race(2, thread -> {
                if (thread == 0) {
                    gate.logout(passing.access());
                    return "out";
                }
                return its.put(NOTE, "late");
            });

            assertThat(its.find(NOTE)).isEmpty();
            assertThat(gate.logins().of("grace")).isEmpty();
        }
    }

    @Test
    void put_sessionExpired_isToldOnTime() {
        clock.advance(Duration.ofMinutes(30).minusNanos(1_000));
        assertThat(data.put(NOTE, "in time").toOptional()).isPresent();
        clock.advance(Duration.ofNanos(1_000));

        assertThat(data.put(NOTE, "late").rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void put_isNoUse_theSessionExpiresAllTheSame() {
        Instant seen = gate.logins().of("ada").get(0).lastSeenAt();
        clock.advance(Duration.ofMinutes(29));
        data.put(NOTE, "by a job");

        assertThat(gate.logins().of("ada").get(0).lastSeenAt()).isEqualTo(seen);
    }

    /** A store keeps UTF-8, so half of a surrogate pair would come back as a question mark. */
    @Test
    void put_halfASurrogatePair_isRefusedNamingTheAttribute() {
        data.put(NOTE, "before");
        for (String half : List.of("\ud83d", "\ude00", "\ude00\ud83d")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> data.put(NOTE, "a" + half))
                    .withMessageContaining("'note'")
                    .withMessageContaining("surrogate");
            assertThatIllegalArgumentException().isThrownBy(() -> data.put(BY_NAME, Map.of(half, new Item("a", 1))));
        }
        assertThat(data.find(NOTE)).contains("before");
    }

    @Test
    void put_upToTheLimit_isTakenAndOneByteMoreRefusedNamingIt() {
        SessionAuthenticator small = SessionAuthenticator.builder(storage)
                .clock(clock)
                .maxDataSize(100)
                .build();
        SessionData tight = small.data(small.login(Login.of("ada")).loginId());

        assertThat(tight.put(NOTE, "x".repeat(94)).toOptional()).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tight.put(NOTE, "x".repeat(95)))
                .withMessageContaining("100")
                .withMessageContaining("101");
        assertThat(tight.find(NOTE)).contains("x".repeat(94));
    }

    @Test
    void put_charactersBeyondTheBasicPlane_countFourBytesEach() {
        SessionAuthenticator small = SessionAuthenticator.builder(storage)
                .clock(clock)
                .maxDataSize(100)
                .build();
        SessionData tight = small.data(small.login(Login.of("\uD83C\uDFA1")).loginId());
        String fits = "\uD83C\uDFA1".repeat(23) + "xx";

        assertThat(tight.put(NOTE, fits).toOptional()).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tight.put(NOTE, fits + "x"))
                .withMessageContaining("101");
        assertThat(tight.find(NOTE)).contains(fits);
    }

    @Test
    void find_valueOfAnotherType_isRefusedWithoutItsContent() {
        data.put(NOTE, "a secret note");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> data.find(AttributeKey.of("note", Cart.class)))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("'note'")
                        .contains("Cart")
                        .doesNotContain("secret"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> data.find(AttributeKey.listOf("note", Item.class)))
                .withMessageContaining("java.util.List<" + Item.class.getName() + ">");
    }

    @Test
    void find_writtenByANewerVersion_ignoresWhatIsNew() {
        record NewItem(String name, int count, String colour) {}
        data.put(AttributeKey.of("item", NewItem.class), new NewItem("a", 1, "red"));

        assertThat(data.find(AttributeKey.of("item", Item.class))).contains(new Item("a", 1));
    }

    @Test
    void put_typeNamedInTheJson_decidesNothing() {
        data.put(AttributeKey.mapOf("gadget", String.class), Map.of("@class", "java.lang.Runtime"));

        assertThat(data.find(AttributeKey.of("gadget", Object.class)).orElseThrow())
                .isInstanceOf(Map.class);
    }

    @Test
    void take_visitorsData_isCarriedIntoTheLoginUnderANewId() {
        SessionAuthenticator visitors =
                SessionAuthenticator.visitors(storage).clock(clock).build();
        Grant visitor = visitors.login(Login.of("visitor"));
        visitors.data(visitor.loginId()).put(NOTE, "from before");
        visitors.data(visitor.loginId()).put(COUNT, 1);
        data.put(COUNT, 7);

        assertThat(data.take(visitors.data(visitor.loginId())).toOptional()).contains(2);
        visitors.logout(visitor.access());

        assertThat(grant.loginId()).isNotEqualTo(visitor.loginId());
        assertThat(data.find(NOTE)).contains("from before");
        assertThat(data.find(COUNT)).contains(7);
        assertThat(gate.authenticate(visitor.access()).rejection()).contains(Rejection.UNKNOWN);
    }

    /** The id of a login is public, and a partner's token may name it. */
    @Test
    void data_identityOfSomebodyElse_isNobodysAndKeepsNothing() {
        data.put(NOTE, "private");
        Identity own = gate.authenticate(grant.access()).toOptional().orElseThrow();
        Identity foreign = new Identity(
                own.subject(),
                own.loginId(),
                own.authenticatedAt(),
                own.issuedAt(),
                own.expiresAt(),
                own.methods(),
                own.claims());

        assertThat(gate.data(own).find(NOTE)).contains("private");
        assertThat(gate.data(foreign).find(NOTE)).isEmpty();
        assertThat(gate.data(foreign).put(NOTE, "mine").rejection()).contains(Rejection.UNKNOWN);
        assertThat(gate.data(foreign).remove(NOTE).rejection()).contains(Rejection.UNKNOWN);
        assertThat(gate.data(foreign).update(NOTE, "", note -> "mine").rejection())
                .contains(Rejection.UNKNOWN);
        SessionData another = gate.data(gate.login(Login.of("eve")).loginId());
        assertThat(another.take(gate.data(foreign)).toOptional()).contains(0);
        assertThat(gate.data(own).find(NOTE)).contains("private");
    }

    @Test
    void key_badName_isRefused() {
        for (String name : List.of("", " ", "a b", "x".repeat(65), "\u007f", "\u00e9")) {
            assertThatIllegalArgumentException().isThrownBy(() -> AttributeKey.of(name, String.class));
        }
    }

    @Test
    void key_everyVisibleCharacterOfAscii_isTaken() {
        for (String name : List.of("!", "~", "x".repeat(64))) {
            assertThat(AttributeKey.of(name, String.class).name()).isEqualTo(name);
        }
    }

    @Test
    void key_asText_tellsNameAndType() {
        assertThat(ITEMS).hasToString("AttributeKey[items, java.util.List<dev.gateline.session.SessionDataTest$Item>]");
        assertThat(BY_NAME)
                .hasToString("AttributeKey[byName, java.util.Map<java.lang.String, "
                        + "dev.gateline.session.SessionDataTest$Item>]");
        assertThat(NOTE).hasToString("AttributeKey[note, java.lang.String]");
    }

    private interface Step {
        Object take(int thread);
    }

    private static void race(int threads, Step step) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Map<Integer, Future<Object>> futures = new HashMap<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.put(i, pool.submit(() -> step.take(thread)));
            }
            List<Object> results = new ArrayList<>();
            for (Future<Object> future : futures.values()) {
                results.add(future.get(20, TimeUnit.SECONDS));
            }
            assertThat(results.stream()
                            .filter(Outcome.Rejected.class::isInstance)
                            .filter(r -> threads > 2))
                    .isEmpty();
        } finally {
            pool.shutdownNow();
        }
    }
}
