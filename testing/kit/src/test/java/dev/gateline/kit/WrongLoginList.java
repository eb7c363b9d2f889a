package dev.gateline.kit;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Written;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Stores that find the wrong logins of a subject, and the test of {@link LoginStoreContract} that must catch them. */
@SuppressWarnings("ImmutableEnumChecker") // a function is
enum WrongLoginList implements Wrong<LoginStore> {
    IGNORES_CASE(
            "findBySubject_severalSubjects_findsExactlyTheirs",
            right -> RenamingLoginStore.subjects(right, RenamingLoginStore::lower)),
    TRIMS("findBySubject_lookAlikes_areAllDifferent", right -> RenamingLoginStore.subjects(right, String::strip)),
    PADS_WITH_BLANKS(
            "findBySubject_lookAlikes_areAllDifferent",
            right -> RenamingLoginStore.subjects(right, String::stripTrailing)),
    NORMALISES(
            "findBySubject_lookAlikes_areAllDifferent",
            right -> RenamingLoginStore.subjects(right, it -> Normalizer.normalize(it, Normalizer.Form.NFC))),
    NORMALISES_FOR_COMPATIBILITY(
            "findBySubject_lookAlikes_areAllDifferent",
            right -> RenamingLoginStore.subjects(right, it -> Normalizer.normalize(it, Normalizer.Form.NFKD))),
    ENDS_TEXT_AT_NUL(
            "findBySubject_lookAlikes_areAllDifferent",
            right -> RenamingLoginStore.subjects(right, it -> it.split("\0", -1)[0])),
    CUTS_LONG_SUBJECTS(
            "findBySubject_lookAlikes_areAllDifferent",
            right -> RenamingLoginStore.subjects(right, it -> it.substring(0, Math.min(254, it.length())))),
    KEEPS_NO_LONE_SURROGATES(
            "findBySubject_lookAlikes_areAllDifferent",
            right -> RenamingLoginStore.subjects(right, RenamingLoginStore::inUtf8)),
    LISTS_100("findBySubject_moreThanAThousand_findsAll", right -> new Listing(right, 100)),
    LISTS_1000("findBySubject_moreThanAThousand_findsAll", right -> new Listing(right, 1_000)),
    LOSES_THE_INDEX("replace_sameVersion_isDoneAndListed", right -> new PassingLoginStore(right) {
        private final Set<LoginId> replaced = ConcurrentHashMap.newKeySet();

        @Override
        public Written replace(LoginRow next, long version, Instant now) {
            replaced.add(next.id());
            return right.replace(next, version, now);
        }

        @Override
        public List<LoginRow> findBySubject(String realm, String subject) {
            return right.findBySubject(realm, subject).stream()
                    .filter(row -> !replaced.contains(row.id()))
                    .toList();
        }
    }),
    LISTS_OTHER_REALMS("findBySubject_loginsOfOtherRealms_areNotTheirs", right -> new PassingLoginStore(right) {
        @Override
        public List<LoginRow> findBySubject(String realm, String subject) {
            return Stream.of(realm, "gs_other")
                    .distinct()
                    .flatMap(each -> right.findBySubject(each, subject).stream())
                    .toList();
        }
    }),
    KEEPS_NO_EMPTY_SUBJECT("findBySubject_lookAlikes_areAllDifferent", right -> new PassingLoginStore(right) {
        @Override
        public List<LoginRow> findBySubject(String realm, String subject) {
            return subject.isEmpty() ? List.of() : right.findBySubject(realm, subject);
        }
    }),
    JOINS_REALM_AND_SUBJECT(
            "findBySubject_realmsAndSubjectsThatJoinAlike_areAllDifferent",
            right -> RenamingLoginStore.joined(right, ":")),
    JOINS_REALM_AND_SUBJECT_DIRECTLY(
            "findBySubject_realmsAndSubjectsThatJoinAlike_areAllDifferent",
            right -> RenamingLoginStore.joined(right, "")),
    IGNORES_CASE_OF_REALMS(
            "findBySubject_realmsAndSubjectsThatJoinAlike_areAllDifferent",
            right -> RenamingLoginStore.realms(right, RenamingLoginStore::lower)),
    TAKES_A_REALM_FOR_A_PATTERN(
            "findBySubject_realmsAndSubjectsThatJoinAlike_areAllDifferent", right -> new PassingLoginStore(right) {
                private final Set<String> realms = ConcurrentHashMap.newKeySet();

                @Override
                public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
                    realms.add(row.realm());
                    return right.insert(row, most, leaving, now);
                }

                @Override
                public List<LoginRow> findBySubject(String realm, String subject) {
                    String pattern = Pattern.quote(realm).replace("%", "\\E.*\\Q");
                    return realms.stream()
                            .filter(each -> each.matches(pattern))
                            .flatMap(each -> right.findBySubject(each, subject).stream())
                            .toList();
                }
            }),
    INDEXES_WITHOUT_A_LOCK("findBySubject_64ConcurrentInserts_losesNone", right -> new IndexingLoginStore(right) {
        private final CountDownLatch read = new CountDownLatch(4);

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            List<LoginRow> rows = indexed(row.subject());
            Wrong.meet(read);
            index(row.subject(), with(rows, row));
            return right.insert(row, most, leaving, now);
        }
    }),
    UNINDEXES_WITHOUT_A_LOCK(
            "findBySubject_insertsAndDeletesRacing_endsUpExact", right -> new IndexingLoginStore(right) {
                private final AtomicInteger inserts = new AtomicInteger();

                @Override
                public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
                    boolean in = super.insert(row, most, leaving, now);
                    inserts.incrementAndGet();
                    return in;
                }

                @Override
                public Written delete(LoginId id) {
                    List<LoginRow> rows = indexed("ada");
                    int before = inserts.get();
                    for (int i = 0; inserts.get() == before && i < 20_000; i++) {
                        Thread.onSpinWait();
                    }
                    index("ada", without(rows, id));
                    return right.delete(id);
                }
            });

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<LoginStore> around;

    WrongLoginList(String caughtBy, UnaryOperator<LoginStore> around) {
        this.caughtBy = caughtBy;
        this.around = around;
    }

    @Override
    public String caughtBy() {
        return caughtBy;
    }

    @Override
    public LoginStore around(LoginStore right) {
        return around.apply(right);
    }

    /** Lists only so many. */
    private static final class Listing extends PassingLoginStore {
        private final int most;

        Listing(LoginStore right, int most) {
            super(right);
            this.most = most;
        }

        @Override
        public List<LoginRow> findBySubject(String realm, String subject) {
            return super.findBySubject(realm, subject).stream().limit(most).toList();
        }
    }
}
