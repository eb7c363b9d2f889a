package dev.gateline.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Written;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Stores of key rings that break one promise each, and the test of {@link KeyRingStoreContract} that must catch them. A
 * store is what connects a node with the ring of a name.
 */
@SuppressWarnings("ImmutableEnumChecker") // a function is
enum WrongKeyRingStore implements Wrong<Function<String, KeyRingStore>> {
    UPSERTS("replace_nothingStored_takesNoTagAndNoOther", each(right -> new PassingKeyRing(right) {
        @Override
        public Written replace(Document next, long tag) {
            return overwrite(right, next);
        }
    })),
    KEEPS_LATIN_1(
            "replace_nothingStored_takesNoTagAndNoOther",
            writing(text -> new String(text.getBytes(ISO_8859_1), ISO_8859_1))),
    CUTS_AT_64_KB(
            "replace_racing_isDoneByOne", writing(text -> text.substring(0, Math.min(text.length(), (1 << 16) - 1)))),
    COMPARES_WITHOUT_A_LOCK("replace_racing_isDoneByOne", each(right -> new PassingKeyRing(right) {
        private final CountDownLatch compared = new CountDownLatch(2);

        @Override
        public Written replace(Document next, long tag) {
            boolean same = tagOf(right) == tag;
            Wrong.meet(compared);
            return same ? overwrite(right, next) : Written.STALE;
        }
    })),
    LOADS_ONCE("replace_racing_isDoneByOne", each(right -> new PassingKeyRing(right) {
        private volatile Optional<Document> copy = Optional.empty();

        @Override
        public Optional<Document> load() {
            if (copy.isEmpty()) {
                copy = right.load();
            }
            return copy;
        }
    })),
    IGNORES_CASE("connect_anotherName_isAnotherRing", connect -> name -> connect.apply(RenamingLoginStore.lower(name))),
    CUTS_NAMES(
            "connect_anotherName_isAnotherRing",
            connect -> name -> connect.apply(name.substring(0, Math.min(2, name.length())))),
    TAKES_ANY_NAME(
            "connect_anotherName_isAnotherRing", connect -> name -> connect.apply(name.matches("\\w+") ? name : "any")),
    READS_THE_CLOCK_OF_THE_NODE("now_wrongClockOfTheNode_isByTheServers", each(right -> new PassingKeyRing(right) {
        @Override
        public Instant now(Instant here) {
            return here;
        }
    })),
    TELLS_NOBODY("replace_onAnotherNode_isToldToAllThatSubscribed", each(right -> new PassingKeyRing(right) {
        @Override
        public boolean subscribe(Listener listener) {
            listener.mayHaveChanged();
            listener.freshAsOf(System.nanoTime());
            return true;
        }
    })),
    TELLS_OF_NO_GAP("replace_onAnotherNode_isToldToAllThatSubscribed", each(right -> new PassingKeyRing(right) {
        @Override
        public boolean subscribe(Listener listener) {
            return right.subscribe(new Listener() {
                @Override
                public void changed() {
                    listener.changed();
                }

                @Override
                public void mayHaveChanged() {
                    // this is the fault
                }

                @Override
                public void freshAsOf(long nanos) {
                    listener.freshAsOf(nanos);
                }
            });
        }
    })),
    TELLS_OF_OTHER_RINGS(
            "replace_onAnotherNode_isToldToAllThatSubscribed",
            connect -> name -> new PassingKeyRing(connect.apply(name)) {
                @Override
                public boolean subscribe(Listener listener) {
                    return connect.apply("ring").subscribe(listener);
                }
            });

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<Function<String, KeyRingStore>> around;

    WrongKeyRingStore(String caughtBy, UnaryOperator<Function<String, KeyRingStore>> around) {
        this.caughtBy = caughtBy;
        this.around = around;
    }

    @Override
    public String caughtBy() {
        return caughtBy;
    }

    @Override
    public Function<String, KeyRingStore> around(Function<String, KeyRingStore> connect) {
        return around.apply(connect);
    }

    private static UnaryOperator<Function<String, KeyRingStore>> each(UnaryOperator<KeyRingStore> around) {
        return connect -> name -> around.apply(connect.apply(name));
    }

    private static UnaryOperator<Function<String, KeyRingStore>> writing(UnaryOperator<String> text) {
        return each(right -> new PassingKeyRing(right) {
            @Override
            public Written replace(Document next, long tag) {
                return right.replace(new Document(next.tag(), text.apply(next.text())), tag);
            }
        });
    }

    private static long tagOf(KeyRingStore store) {
        return store.load().map(KeyRingStore.Document::tag).orElse(KeyRingStore.NONE);
    }

    private static Written overwrite(KeyRingStore store, KeyRingStore.Document next) {
        Written written = Written.STALE;
        while (written == Written.STALE) {
            written = store.replace(next, tagOf(store));
        }
        return written;
    }
}
