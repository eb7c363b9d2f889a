package dev.gateline.kit;

import static dev.gateline.LoginLimit.UNLIMITED;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores that break one promise each, and the test of {@link LoginStoreContract} that must catch them. */
@SuppressWarnings("ImmutableEnumChecker") // a function is
enum WrongLoginStore implements Wrong<LoginStore> {
    KEEPS_MILLISECONDS("find_inserted_isEqualInEveryPart", right -> new PassingLoginStore(right) {
        @Override
        public Optional<LoginRow> find(LoginId id) {
            return right.find(id).map(row -> dated(row, row.lastSeenAt().truncatedTo(ChronoUnit.MILLIS)));
        }

        private static LoginRow dated(LoginRow row, Instant seenAt) {
            return new LoginRow(row.id(), row.realm(), row.subject(), row.version(), seenAt, row.state());
        }
    }),
    FORGETS_THE_DATA("find_inserted_isEqualInEveryPart", right -> new PassingLoginStore(right) {
        @Override
        public Optional<LoginRow> find(LoginId id) {
            return right.find(id).map(WrongLoginStore::withoutData);
        }
    }),
    KEEPS_64_KB("find_longState_isEqualInEveryPart", right -> new PassingLoginStore(right) {
        @Override
        public Optional<LoginRow> find(LoginId id) {
            return right.find(id).map(row -> row.state().size() < 1 << 16 ? row : withoutData(row));
        }
    }),
    KEEPS_53_BITS_OF_A_VERSION("insert_versionOf64Bits_isKeptAndCompared", right -> new PassingLoginStore(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            return right.insert(version(row, (long) (double) row.version()), most, leaving, now);
        }

        private static LoginRow version(LoginRow row, long version) {
            return new LoginRow(row.id(), row.realm(), row.subject(), version, row.lastSeenAt(), row.state());
        }
    }),
    IGNORES_CASE_OF_IDS("find_idsThatLookAlike_areAllDifferent", right -> new PassingLoginStore(right) {
        private final Map<String, LoginId> ids = new ConcurrentHashMap<>();

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            ids.put(RenamingLoginStore.lower(row.id().value()), row.id());
            return right.insert(row, most, leaving, now);
        }

        @Override
        public Optional<LoginRow> find(LoginId id) {
            return right.find(ids.getOrDefault(RenamingLoginStore.lower(id.value()), id));
        }
    }),
    ANSWERS_FROM_OLD_COPIES(
            "findInMemory_replacedAndDeleted_isNeverOlderThanFind", right -> new PassingLoginStore(right) {
                private final Map<LoginId, LoginRow> copies = new ConcurrentHashMap<>();

                @Override
                public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
                    copies.put(row.id(), row);
                    return right.insert(row, most, leaving, now);
                }

                @Override
                public Optional<LoginRow> findInMemory(LoginId id) {
                    return Optional.ofNullable(copies.get(id));
                }
            }),
    CREATES_ON_READ("find_neverInserted_isEmpty", right -> new PassingLoginStore(right) {
        @Override
        public Optional<LoginRow> find(LoginId id) {
            return right.find(id).or(() -> Optional.of(Rows.of(id, 0)));
        }
    }),
    REPLACES_ANY_VERSION(
            "replace_versionBeforeOrFarAhead_isStaleAndChangesNothing", right -> new PassingLoginStore(right) {
                @Override
                public Written replace(LoginRow next, long version, Instant now) {
                    return right.find(next.id())
                            .map(row -> right.replace(next, row.version(), now))
                            .orElse(Written.GONE);
                }
            }),
    REPLACES_EARLIER_VERSIONS(
            "replace_versionThatComesBack_isStaleForTheLateWriter", right -> new PassingLoginStore(right) {
                @Override
                public Written replace(LoginRow next, long version, Instant now) {
                    Optional<LoginRow> found = right.find(next.id());
                    return found.isEmpty()
                            ? Written.GONE
                            : right.replace(next, Math.max(version, found.get().version()), now);
                }
            }),
    COMPARES_WITHOUT_A_LOCK(
            "replace_32ThreadsWithTheSameVersion_exactlyOneIsDone", right -> new PassingLoginStore(right) {
                private final CountDownLatch compared = new CountDownLatch(2);

                @Override
                public Written replace(LoginRow next, long version, Instant now) {
                    boolean same = right.find(next.id())
                            .filter(row -> row.version() == version)
                            .isPresent();
                    Wrong.meet(compared);
                    return same ? replaceAny(next, now) : Written.STALE;
                }

                private Written replaceAny(LoginRow next, Instant now) {
                    Written written = Written.STALE;
                    while (written == Written.STALE) {
                        written = right.replace(
                                next, right.find(next.id()).orElseThrow().version(), now);
                    }
                    return written;
                }
            }),
    INSERTS_WHAT_IS_GONE("replace_deleted_isGoneAndCreatesNothing", right -> new PassingLoginStore(right) {
        @Override
        public Written replace(LoginRow next, long version, Instant now) {
            Written written = right.replace(next, version, now);
            return written == Written.GONE && right.insert(next, UNLIMITED, Set.of(), now) ? Written.DONE : written;
        }
    }),
    CALLS_ALL_DELETIONS_DONE("delete_twice_isDoneThenGone", right -> new PassingLoginStore(right) {
        @Override
        public Written delete(LoginId id) {
            right.delete(id);
            return Written.DONE;
        }
    }),
    CALLS_ALL_NOTES_DONE("touch_deleted_isGoneAndCreatesNothing", right -> new PassingLoginStore(right) {
        @Override
        public Written touch(LoginId id, Instant seenAt) {
            right.touch(id, seenAt);
            return Written.DONE;
        }
    }),
    STOPS_AT_A_NOTE_OF_WHAT_IS_GONE("touchAll_someDeleted_notesTheOthers", right -> new PassingLoginStore(right) {
        @Override
        public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
            return seenAt.keySet().stream().allMatch(id -> right.find(id).isPresent())
                    ? right.touchAll(seenAt, interval)
                    : Map.of();
        }
    }),
    WRITES_EACH_NOTE("touchAll_notedWithinTheInterval_isNotWritten", right -> new PassingLoginStore(right) {
        @Override
        public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
            return right.touchAll(seenAt, Duration.ZERO);
        }
    }),
    TELLS_OF_NOTES_THAT_IT_HAS_NOT(
            "touchAll_notedWithinTheInterval_isNotWritten", right -> new PassingLoginStore(right) {
                @Override
                public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
                    right.touchAll(seenAt, interval);
                    return seenAt;
                }
            }),
    FORGETS_THE_IDLE_TIMEOUT_AT_A_NOTE(
            "touchAll_notedATenthOfTheIdleTimeoutAgo_isWritten", right -> new PassingLoginStore(right) {
                @Override
                public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
                    return seenAt.entrySet().stream()
                            .filter(it -> isDue(right.find(it.getKey()), it.getValue(), interval))
                            .peek(it -> right.touch(it.getKey(), it.getValue()))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
                }

                private static boolean isDue(Optional<LoginRow> row, Instant at, Duration interval) {
                    return row.filter(it -> !at.isBefore(it.lastSeenAt().plus(interval)))
                            .isPresent();
                }
            }),
    CHANGES_THE_VERSION_AT_A_NOTE("touch_later_movesLastSeenAndNotTheVersion", right -> new PassingLoginStore(right) {
        @Override
        public Written touch(LoginId id, Instant seenAt) {
            return right.find(id)
                    .map(row -> right.replace(Rows.next(row, seenAt), row.version(), seenAt))
                    .orElse(Written.GONE);
        }
    }),
    DELETES_500_AT_MOST("deleteAll_someDeletedBefore_deletesTheOthersAndNoMore", right -> new PassingLoginStore(right) {
        @Override
        public void deleteAll(Collection<LoginId> ids) {
            ids.stream().limit(500).forEach(id -> right.delete(id));
        }
    }),
    FORGETS_BY_THE_TIME_OF_THE_INSERT("find_touchedAgainAndAgain_outlivesManyIdleTimeouts", Forgetting::new),
    UPSERTS_IN_A_RACE("replace_whileDeleting_neverBringsTheRowBack", right -> new PassingLoginStore(right) {
        private final CountDownLatch found = new CountDownLatch(1);
        private final CountDownLatch deleted = new CountDownLatch(1);

        @Override
        public Written replace(LoginRow next, long version, Instant now) {
            boolean there = right.find(next.id()).isPresent();
            found.countDown();
            Wrong.await(deleted);
            return there && right.insert(next, UNLIMITED, Set.of(), now) ? Written.DONE : Written.GONE;
        }

        @Override
        public Written delete(LoginId id) {
            Wrong.await(found);
            Written written = right.delete(id);
            deleted.countDown();
            return written;
        }
    }),
    TAKES_THE_TIME_OF_A_REPLACEMENT(
            "replace_olderLastSeenThanTheStores_keepsTheLater", right -> new RedatingLoginStore(right) {
                @Override
                public Written replace(LoginRow next, long version, Instant now) {
                    see(next.id(), next.lastSeenAt());
                    return right.replace(next, version, now);
                }
            }),
    TAKES_THE_LAST_NOTE("touch_earlier_isDoneAndMovesNothing", right -> new RedatingLoginStore(right) {
        @Override
        public Written touch(LoginId id, Instant seenAt) {
            see(id, seenAt);
            return right.touch(id, seenAt);
        }
    }),
    BRINGS_BACK_BY_A_NOTE("touch_deleted_isGoneAndCreatesNothing", BringingBack::new),
    BRINGS_BACK_BY_NOTES("touchAll_someDeleted_notesTheOthers", BringingBack::new),
    NOTES_500_AT_MOST("touchAll_moreThanAThousand_notesAll", right -> new PassingLoginStore(right) {
        @Override
        public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
            Map<LoginId, Instant> some = seenAt.entrySet().stream()
                    .limit(500)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            return right.touchAll(some, interval);
        }
    });

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<LoginStore> around;

    WrongLoginStore(String caughtBy, UnaryOperator<LoginStore> around) {
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

    private static LoginRow withoutData(LoginRow row) {
        return new LoginRow(
                row.id(),
                row.realm(),
                row.subject(),
                row.version(),
                row.lastSeenAt(),
                row.state().toBuilder().data(Map.of()).build());
    }

    /** Looks for expired rows at each insert, by the times that they had when they were inserted. */
    static final class Forgetting extends PassingLoginStore {
        private final Map<LoginId, Instant> due = new ConcurrentHashMap<>();

        Forgetting(LoginStore right) {
            super(right);
        }

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            due.entrySet().stream().filter(it -> !it.getValue().isAfter(now)).forEach(it -> delete(it.getKey()));
            due.put(row.id(), row.expiresAt());
            return super.insert(row, most, leaving, now);
        }
    }

    /** A note of a use writes the row that it last saw. */
    private static final class BringingBack extends PassingLoginStore {
        private final Map<LoginId, LoginRow> seen = new ConcurrentHashMap<>();

        BringingBack(LoginStore right) {
            super(right);
        }

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            seen.put(row.id(), row);
            return super.insert(row, most, leaving, now);
        }

        @Override
        public Written touch(LoginId id, Instant seenAt) {
            Written written = super.touch(id, seenAt);
            if (written == Written.GONE && seen.containsKey(id)) {
                super.insert(seen.get(id), UNLIMITED, Set.of(), seenAt);
            }
            return written;
        }

        @Override
        public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
            seenAt.forEach(this::touch);
            return seenAt;
        }
    }
}
