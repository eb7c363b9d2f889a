package dev.gateline.kit;

import static dev.gateline.LoginLimit.UNLIMITED;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Written;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that break one promise each, and the test of {@link LoginStoreContract} that must catch them. */
@SuppressWarnings("ImmutableEnumChecker") // a function is
enum WrongLoginStore {
    COUNTS_LOGINS_OF_OTHER_REALMS("insert_loginsOfOtherRealms_dontCount", right -> new Passing(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            long count = Stream.of(row.realm(), "gs_other")
                    .distinct()
                    .flatMap(realm -> right.findBySubject(realm, row.subject()).stream())
                    .filter(it -> !leaving.contains(it.id()) && it.expiresAt().isAfter(now))
                    .count();
            return (most == UNLIMITED || count < most) && right.insert(row, UNLIMITED, leaving, now);
        }
    }),
    COUNTS_EXPIRED_LOGINS("insert_expiredOnesAndOtherRealms_dontCount", right -> new Passing(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            return right.insert(row, most, leaving, Instant.EPOCH);
        }
    }),
    COUNTS_LEAVING_LOGINS("insert_leavingOnes_dontCountAndStay", right -> new Passing(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            return right.insert(row, most, Set.of(), now);
        }
    }),
    TAKES_ANY_LEAVING_LOGIN_OFF("insert_leavingOnes_dontCountAndStay", right -> new Passing(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            return right.insert(row, most == UNLIMITED ? most : most + leaving.size(), Set.of(), now);
        }
    }),
    DELETES_LEAVING_LOGINS("insert_leavingOnes_dontCountAndStay", right -> new Passing(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            boolean in = right.insert(row, most, leaving, now);
            leaving.forEach(id -> right.delete(id));
            return in;
        }
    }),
    COUNTS_WITHOUT_A_LOCK("insert_32ThreadsAtTheSubjectsLimit_neverOneTooMany", right -> new Passing(right) {
        private final CountDownLatch counted = new CountDownLatch(4);

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            boolean fits = right.findBySubject(row.realm(), row.subject()).size() < most;
            meet(counted);
            return fits && right.insert(row, UNLIMITED, leaving, now);
        }
    }),
    COUNTS_AND_KEEPS_THE_REFUSED("insert_subjectHasEnough_isRefusedAndCreatesNothing", right -> new Passing(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            boolean fits = right.findBySubject(row.realm(), row.subject()).size() < most;
            right.insert(row, UNLIMITED, leaving, now);
            return fits;
        }
    }),
    IGNORES_CASE(
            "findBySubject_severalSubjects_findsExactlyTheirs", right -> new Renaming(right, WrongLoginStore::lower)),
    TRIMS("findBySubject_lookAlikes_areAllDifferent", right -> new Renaming(right, String::strip)),
    PADS_WITH_BLANKS("findBySubject_lookAlikes_areAllDifferent", right -> new Renaming(right, String::stripTrailing)),
    NORMALISES(
            "findBySubject_lookAlikes_areAllDifferent",
            right -> new Renaming(right, it -> Normalizer.normalize(it, Normalizer.Form.NFC))),
    NORMALISES_FOR_COMPATIBILITY(
            "findBySubject_lookAlikes_areAllDifferent",
            right -> new Renaming(right, it -> Normalizer.normalize(it, Normalizer.Form.NFKD))),
    ENDS_TEXT_AT_NUL(
            "findBySubject_lookAlikes_areAllDifferent", right -> new Renaming(right, it -> it.split("\0", -1)[0])),
    CUTS_LONG_SUBJECTS(
            "findBySubject_lookAlikes_areAllDifferent",
            right -> new Renaming(right, it -> it.substring(0, Math.min(254, it.length())))),
    KEEPS_NO_LONE_SURROGATES(
            "findBySubject_lookAlikes_areAllDifferent", right -> new Renaming(right, WrongLoginStore::inUtf8)),
    LISTS_100("findBySubject_moreThanAThousand_findsAll", right -> new Listing(right, 100)),
    LISTS_1000("findBySubject_moreThanAThousand_findsAll", right -> new Listing(right, 1_000)),
    LOSES_THE_INDEX("replace_sameVersion_isDoneAndListed", right -> new Passing(right) {
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
    LISTS_OTHER_REALMS("findBySubject_loginsOfOtherRealms_areNotTheirs", right -> new Passing(right) {
        @Override
        public List<LoginRow> findBySubject(String realm, String subject) {
            return Stream.of(realm, "gs_other")
                    .distinct()
                    .flatMap(each -> right.findBySubject(each, subject).stream())
                    .toList();
        }
    }),
    REPLACES_ANY_VERSION("replace_versionBeforeOrFarAhead_isStaleAndChangesNothing", right -> new Passing(right) {
        @Override
        public Written replace(LoginRow next, long version, Instant now) {
            return right.find(next.id())
                    .map(row -> right.replace(next, row.version(), now))
                    .orElse(Written.GONE);
        }
    }),
    REPLACES_EARLIER_VERSIONS("replace_versionThatComesBack_isStaleForTheLateWriter", right -> new Passing(right) {
        @Override
        public Written replace(LoginRow next, long version, Instant now) {
            Optional<LoginRow> found = right.find(next.id());
            return found.isEmpty()
                    ? Written.GONE
                    : right.replace(next, Math.max(version, found.get().version()), now);
        }
    }),
    COMPARES_WITHOUT_A_LOCK("replace_32ThreadsWithTheSameVersion_exactlyOneIsDone", right -> new Passing(right) {
        private final CountDownLatch compared = new CountDownLatch(2);

        @Override
        public Written replace(LoginRow next, long version, Instant now) {
            boolean same = right.find(next.id())
                    .filter(row -> row.version() == version)
                    .isPresent();
            meet(compared);
            return same ? replaceAny(next, now) : Written.STALE;
        }

        private Written replaceAny(LoginRow next, Instant now) {
            Written written = Written.STALE;
            while (written == Written.STALE) {
                written =
                        right.replace(next, right.find(next.id()).orElseThrow().version(), now);
            }
            return written;
        }
    }),
    INSERTS_WHAT_IS_GONE("replace_deleted_isGoneAndCreatesNothing", right -> new Passing(right) {
        @Override
        public Written replace(LoginRow next, long version, Instant now) {
            Written written = right.replace(next, version, now);
            return written == Written.GONE && right.insert(next, UNLIMITED, Set.of(), now) ? Written.DONE : written;
        }
    }),
    CALLS_ALL_DELETIONS_DONE("delete_twice_isDoneThenGone", right -> new Passing(right) {
        @Override
        public Written delete(LoginId id) {
            right.delete(id);
            return Written.DONE;
        }
    }),
    CALLS_ALL_NOTES_DONE("touch_deleted_isGoneAndCreatesNothing", right -> new Passing(right) {
        @Override
        public Written touch(LoginId id, Instant seenAt) {
            right.touch(id, seenAt);
            return Written.DONE;
        }
    }),
    STOPS_AT_A_NOTE_OF_WHAT_IS_GONE("touchAll_someDeleted_notesTheOthers", right -> new Passing(right) {
        @Override
        public void touchAll(Map<LoginId, Instant> seenAt) {
            if (seenAt.keySet().stream().allMatch(id -> right.find(id).isPresent())) {
                right.touchAll(seenAt);
            }
        }
    }),
    CHANGES_THE_VERSION_AT_A_NOTE("touch_later_movesLastSeenAndNotTheVersion", right -> new Passing(right) {
        @Override
        public Written touch(LoginId id, Instant seenAt) {
            return right.find(id)
                    .map(row -> right.replace(Rows.next(row, seenAt), row.version(), seenAt))
                    .orElse(Written.GONE);
        }
    }),
    DELETES_500_AT_MOST("deleteAll_someDeletedBefore_deletesTheOthersAndNoMore", right -> new Passing(right) {
        @Override
        public void deleteAll(Collection<LoginId> ids) {
            ids.stream().limit(500).forEach(id -> right.delete(id));
        }
    }),
    FORGETS_BY_THE_TIME_OF_THE_INSERT(
            "find_touchedAgainAndAgain_outlivesManyIdleTimeouts", right -> new Passing(right) {
                private final Map<LoginId, Instant> due = new ConcurrentHashMap<>();

                @Override
                public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
                    due.entrySet().stream()
                            .filter(it -> !it.getValue().isAfter(now))
                            .forEach(it -> right.delete(it.getKey()));
                    due.put(row.id(), row.expiresAt());
                    return right.insert(row, most, leaving, now);
                }
            });

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<LoginStore> around;

    WrongLoginStore(String caughtBy, UnaryOperator<LoginStore> around) {
        this.caughtBy = caughtBy;
        this.around = around;
    }

    String caughtBy() {
        return caughtBy;
    }

    LoginStore around(LoginStore right) {
        return around.apply(right);
    }

    private static String lower(String subject) {
        return subject.toLowerCase(Locale.ROOT);
    }

    private static String inUtf8(String subject) {
        return new String(subject.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Lets threads overtake each other at a place that needs a lock. */
    private static void meet(CountDownLatch others) {
        others.countDown();
        try {
            if (!others.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no other thread has come");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Passes everything on. */
    private static class Passing implements LoginStore {
        private final LoginStore right;

        Passing(LoginStore right) {
            this.right = right;
        }

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            return right.insert(row, most, leaving, now);
        }

        @Override
        public Optional<LoginRow> find(LoginId id) {
            return right.find(id);
        }

        @Override
        public Written replace(LoginRow next, long version, Instant now) {
            return right.replace(next, version, now);
        }

        @Override
        public Written touch(LoginId id, Instant seenAt) {
            return right.touch(id, seenAt);
        }

        @Override
        public void touchAll(Map<LoginId, Instant> seenAt) {
            right.touchAll(seenAt);
        }

        @Override
        public Written delete(LoginId id) {
            return right.delete(id);
        }

        @Override
        public void deleteAll(Collection<LoginId> ids) {
            right.deleteAll(ids);
        }

        @Override
        public List<LoginRow> findBySubject(String realm, String subject) {
            return right.findBySubject(realm, subject);
        }
    }

    /** Takes different subjects for one, and hands each row back as it was. */
    private static final class Renaming extends Passing {
        private final UnaryOperator<String> rename;
        private final Map<LoginId, String> names = new ConcurrentHashMap<>();

        Renaming(LoginStore right, UnaryOperator<String> rename) {
            super(right);
            this.rename = rename;
        }

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            names.put(row.id(), row.subject());
            return super.insert(named(row, rename.apply(row.subject())), most, leaving, now);
        }

        @Override
        public Optional<LoginRow> find(LoginId id) {
            return super.find(id).map(this::restored);
        }

        @Override
        public List<LoginRow> findBySubject(String realm, String subject) {
            return super.findBySubject(realm, rename.apply(subject)).stream()
                    .map(this::restored)
                    .toList();
        }

        private LoginRow restored(LoginRow row) {
            return named(row, names.get(row.id()));
        }

        private static LoginRow named(LoginRow row, String subject) {
            return new LoginRow(row.id(), row.realm(), subject, row.version(), row.lastSeenAt(), row.state());
        }
    }

    /** Lists only so many. */
    private static final class Listing extends Passing {
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
