package dev.gateline.kit;

import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.Revocation.Grain;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Stores that break one promise each, and the test of {@link RevocationStoreContract} that must catch them. */
@SuppressWarnings("ImmutableEnumChecker") // a function is
enum WrongRevocationStore implements Wrong<RevocationStore> {
    VOUCHES_FOR_ANY_RUN(
            "vouch_anotherRunOfTheServerWasSeen_isRefusedAndLeavesNoMark", right -> new MarkingRevocationStore(right) {
                @Override
                boolean isOfThisRun(Standing seen) {
                    return true;
                }
            }),
    VOUCHES_WITHOUT_A_MARK("vouch_storeThatWasSeen_leavesAMarkOfItsRun", right -> new MarkingRevocationStore(right) {
        @Override
        void mark() {}
    }),
    VOUCHES_ALTHOUGH_THE_MARK_IS_GONE(
            "vouch_markIsEarlierThanTheOneThatWasSeenOrGone_isRefused", right -> new MarkingRevocationStore(right) {
                @Override
                boolean follows(Optional<Instant> mark, Optional<Instant> seen) {
                    return true;
                }
            }),
    COUNTS_NO_GROUPS("countLive_someOfEachGrain_hasEachOnceOrTwice", right -> new PassingRevocationStore(right) {
        @Override
        public long countLive(Instant now) {
            long[] count = {0};
            right.forEachLive(now, it -> count[0] += it.grain() == Grain.GROUP ? 0 : 1);
            return count[0];
        }
    }),
    LETS_ONE_VOUCH("vouch_byManyAtOnce_isDoneByAll", right -> new MarkingRevocationStore(right) {
        @Override
        boolean follows(Optional<Instant> mark, Optional<Instant> seen) {
            return mark.equals(seen);
        }
    }),
    IGNORES_CASE(
            "revoke_keysThatLookAlike_revokesThatOneOnly", right -> new Renaming(right, WrongRevocationStore::lower)),
    IGNORES_CASE_OF_SUBJECTS(
            "raiseEpoch_subjectsThatLookAlike_revokesThatOnesOnly",
            right -> new Renaming(right, WrongRevocationStore::lower)),
    PADS_WITH_BLANKS(
            "raiseEpoch_subjectsThatLookAlike_revokesThatOnesOnly",
            right -> new Renaming(right, String::stripTrailing)),
    CUTS_LONG_KEYS(
            "raiseEpoch_subjectsThatLookAlike_revokesThatOnesOnly",
            right -> new Renaming(right, it -> it.substring(0, Math.min(255, it.length())))),
    LAST_TIME_WINS("revoke_again_keepsTheLaterTime", right -> new PassingRevocationStore(right) {
        private final Map<String, Instant> times = new ConcurrentHashMap<>();

        @Override
        public void revoke(Revocation revocation, Instant now) {
            times.put(revocation.key(), revocation.until());
            right.revoke(revocation, now);
        }

        @Override
        public boolean isRevoked(Revocable it) {
            return !times.getOrDefault(it.loginId(), Instant.MAX).isBefore(Rows.NOW.plusSeconds(60))
                    && right.isRevoked(it);
        }
    }),
    TAKES_A_TOKEN_FOR_A_LOGIN("revoke_token_revokesThatTokenOnly", right -> new PassingRevocationStore(right) {
        @Override
        public boolean isRevoked(Revocable it) {
            return right.isRevoked(it) || right.isRevoked(new Revocable(it.realm(), it.loginId(), "", "", it.epoch()));
        }
    }),
    TAKES_A_LOGIN_FOR_A_TOKEN("revoke_login_revokesAllItsTokensAndItself", right -> new PassingRevocationStore(right) {
        @Override
        public boolean isRevoked(Revocable it) {
            return right.isRevoked(it) || right.isRevoked(new Revocable(it.realm(), "", it.tokenId(), "", it.epoch()));
        }
    }),
    KNOWS_NO_REALMS(
            "raiseEpoch_ofARealm_revokesEarlierEpochsOfTheRealmOnly", right -> new PassingRevocationStore(right) {
                @Override
                public long raiseEpoch(String group, long above, Instant now, Instant until) {
                    return group.contains(" ") ? right.raiseEpoch(group, above, now, until) : right.epoch() + 1;
                }
            }),
    EPOCHS_OF_EACH_GROUP_ARE_ITS_OWN(
            "epoch_whoseverItIsAndHoweverLongForgotten_isNoLessThanAny", right -> new PassingRevocationStore(right) {
                private final long first = right.epoch();

                @Override
                public long epoch() {
                    return first;
                }
            }),
    ENDS_THE_NEW_EPOCH_TOO(
            "raiseEpoch_always_revokesEarlierEpochsOfTheSubjectAndNotItsOwn",
            right -> new PassingRevocationStore(right) {
                @Override
                public boolean isRevoked(Revocable it) {
                    String subject = it.subjectKey().substring(it.realm().length() + 1);
                    return right.isRevoked(
                            new Revocable(it.realm(), it.tokenId(), it.loginId(), subject, it.epoch() - 1));
                }
            }),
    IGNORES_WHAT_IS_TO_BE_ABOVE(
            "raiseEpoch_aboveWhatTheStoreKnows_isAboveThat", right -> new PassingRevocationStore(right) {
                @Override
                public long raiseEpoch(String group, long above, Instant now, Instant until) {
                    return right.raiseEpoch(group, 0, now, until);
                }
            }),
    NUMBERS_BY_THE_CLOCK(
            "raiseEpoch_twiceInTheSameInstantOrWithAClockThatGoesBack_stillRises",
            right -> new PassingRevocationStore(right) {
                @Override
                public long raiseEpoch(String group, long above, Instant now, Instant until) {
                    right.raiseEpoch(group, above, now, until);
                    return now.toEpochMilli();
                }
            }),
    REVOKES_THE_FIRST_THOUSAND("revokeAll_ofEachGrain_revokesAllAndMerges", right -> new PassingRevocationStore(right) {
        @Override
        public void revokeAll(Collection<Revocation> revocations, Instant now) {
            right.revokeAll(revocations.stream().limit(1_000).toList(), now);
        }
    }),
    LISTS_1000("forEachLive_thousands_hasAll", right -> new PassingRevocationStore(right) {
        @Override
        public void forEachLive(Instant now, Consumer<Revocation> action) {
            List<Revocation> live = new ArrayList<>();
            right.forEachLive(now, live::add);
            live.stream().limit(1_000).forEach(action);
        }
    }),
    HOLDS_1000("revoke_untilItsTime_isNeverForgotten", right -> new PassingRevocationStore(right) {
        private final List<String> kept = new ArrayList<>();

        @Override
        public void revoke(Revocation revocation, Instant now) {
            kept.add(revocation.key());
            right.revoke(revocation, now);
        }

        @Override
        public boolean isRevoked(Revocable it) {
            int from = Math.max(0, kept.size() - 1_000);
            return kept.subList(from, kept.size()).contains(it.loginId()) && right.isRevoked(it);
        }
    }),
    REVOKES_ALL("isRevoked_nothingRevoked_isFalse", right -> new PassingRevocationStore(right) {
        @Override
        public boolean isRevoked(Revocable it) {
            return true;
        }
    }),
    MAY_NOT_KNOW("mayBeRevoked_revokedAtAnyGrain_isTrue", right -> new PassingRevocationStore(right) {
        @Override
        public boolean mayBeRevoked(Revocable it) {
            return false;
        }
    }),
    ASKS_NO_STORE("isRevokedAuthoritatively_revokedAtAnyGrain_isTrue", right -> new PassingRevocationStore(right) {
        @Override
        public boolean isRevokedAuthoritatively(Revocable it) {
            return false;
        }
    }),
    TAKES_A_REALM_FOR_A_PREFIX(
            "raiseEpoch_realmsThatLookAlike_revokesThatOneOnly", right -> new PassingRevocationStore(right) {
                @Override
                public boolean isRevoked(Revocable it) {
                    String realm =
                            it.realm().substring(0, Math.min(3, it.realm().length()));
                    return right.isRevoked(new Revocable(realm, it.tokenId(), it.loginId(), "", it.epoch()));
                }
            }),
    IGNORES_CASE_OF_REALMS(
            "raiseEpoch_realmsThatLookAlike_revokesThatOneOnly", right -> new PassingRevocationStore(right) {
                @Override
                public boolean isRevoked(Revocable it) {
                    return right.isRevoked(
                            new Revocable(lower(it.realm()), it.tokenId(), it.loginId(), "", it.epoch()));
                }
            }),
    LAST_TIME_OF_A_GROUP_WINS(
            "raiseEpoch_againForAShorterTime_keepsTheLaterTime", right -> new PassingRevocationStore(right) {
                private final Map<String, Instant> times = new ConcurrentHashMap<>();

                @Override
                public long raiseEpoch(String group, long above, Instant now, Instant until) {
                    times.put(group, until);
                    return right.raiseEpoch(group, above, now, until);
                }

                @Override
                public void forEachLive(Instant now, Consumer<Revocation> action) {
                    right.forEachLive(now, it -> {
                        if (times.getOrDefault(it.key(), Instant.MAX).isAfter(now)) {
                            action.accept(it);
                        }
                    });
                }
            }),
    BEGINS_AT_ONE("epoch_newStore_beginsAtTheClock", right -> new PassingRevocationStore(right) {
        private final long first = right.epoch();

        @Override
        public long epoch() {
            return right.epoch() - first + 1;
        }
    }),
    IGNORES_STEP_UPS("revoke_tokensOfALogin_revokesThoseAlone", right -> new PassingRevocationStore(right) {
        @Override
        public boolean isRevoked(Revocable it) {
            String anyStepUp = it.loginId() + "#0";
            return right.isRevoked(new Revocable(it.realm(), it.tokenId(), anyStepUp, it.loginId(), "", it.epoch()));
        }
    }),
    KNOWS_NO_GROUP_OF_ALL_REALMS(
            "raiseEpoch_ofAllRealms_revokesEarlierEpochsOfEach", right -> new PassingRevocationStore(right) {
                @Override
                public long raiseEpoch(String group, long above, Instant now, Instant until) {
                    return right.raiseEpoch(group.equals(ALL_REALMS) ? "nobody" : group, above, now, until);
                }
            }),
    NUMBERS_FROM_THE_CLOCK_AND_WHAT_IS_LEFT(
            "raiseEpoch_forgottenAndThenAClockThatGoesFarBack_stillRises", right -> new Numbering(right) {
                @Override
                long atLeast(Instant now) {
                    return TimeUnit.MILLISECONDS.toMicros(now.toEpochMilli());
                }
            }),
    NUMBERS_FROM_WHAT_IS_LEFT(
            "raiseEpoch_longAfterTheLastOneWasForgotten_isStillGreater", right -> new Numbering(right) {
                @Override
                long atLeast(Instant now) {
                    return 0;
                }
            }),
    NUMBERS_WITHOUT_A_LOCK("raiseEpoch_64Threads_allGetANumberOfTheirOwn", right -> new PassingRevocationStore(right) {
        private final CountDownLatch read = new CountDownLatch(4);

        @Override
        public long raiseEpoch(String group, long above, Instant now, Instant until) {
            long next = right.epoch() + 1;
            Wrong.meet(read);
            right.revoke(Revocation.ofGroup(group, next, until), now);
            return next;
        }
    }),
    LAST_EPOCH_WINS("revoke_subject_neverLowersItsEpoch", right -> new PassingRevocationStore(right) {
        private final Map<String, Long> epochs = new ConcurrentHashMap<>();

        @Override
        public void revoke(Revocation revocation, Instant now) {
            epochs.put(revocation.key(), revocation.epoch());
            right.revoke(revocation, now);
        }

        @Override
        public boolean isRevoked(Revocable it) {
            return right.isRevoked(it) && it.epoch() < epochs.getOrDefault(it.subjectKey(), Long.MAX_VALUE);
        }
    }),
    LISTS_NO_GROUPS("forEachLive_always_hasWhatWasRevokedAtEveryGrain", right -> new PassingRevocationStore(right) {
        @Override
        public void forEachLive(Instant now, Consumer<Revocation> action) {
            right.forEachLive(now, it -> {
                if (it.grain() != Grain.GROUP) {
                    action.accept(it);
                }
            });
        }
    }),
    FORGETS_A_SECOND_EARLY("forEachLive_atItsEnd_needNotHaveIt", right -> new PassingRevocationStore(right) {
        @Override
        public void forEachLive(Instant now, Consumer<Revocation> action) {
            right.forEachLive(now.plusSeconds(1), action);
        }
    }),
    KEEPS_SECONDS("forEachLive_always_hasWhatWasRevokedAtEveryGrain", right -> new PassingRevocationStore(right) {
        @Override
        public void revoke(Revocation it, Instant now) {
            Instant second = it.until().truncatedTo(ChronoUnit.SECONDS);
            right.revoke(new Revocation(it.grain(), it.key(), it.epoch(), second), now);
        }
    }),
    ADDS_WITHOUT_A_LOCK("revoke_manyThreads_losesNone", right -> new PassingRevocationStore(right) {
        private final CountDownLatch read = new CountDownLatch(4);
        private volatile Set<String> all = Set.of();

        @Override
        public void revoke(Revocation revocation, Instant now) {
            Set<String> more = new HashSet<>(all);
            Wrong.meet(read);
            more.add(revocation.key());
            all = more;
        }

        @Override
        public boolean isRevoked(Revocable it) {
            return all.contains(it.loginId());
        }
    });

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<RevocationStore> around;

    WrongRevocationStore(String caughtBy, UnaryOperator<RevocationStore> around) {
        this.caughtBy = caughtBy;
        this.around = around;
    }

    @Override
    public String caughtBy() {
        return caughtBy;
    }

    @Override
    public RevocationStore around(RevocationStore right) {
        return around.apply(right);
    }

    private static String lower(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    /** Takes different keys for one. */
    private static final class Renaming extends PassingRevocationStore {
        private final UnaryOperator<String> rename;

        Renaming(RevocationStore right, UnaryOperator<String> rename) {
            super(right);
            this.rename = rename;
        }

        @Override
        public void revoke(Revocation it, Instant now) {
            super.revoke(new Revocation(it.grain(), rename.apply(it.key()), it.epoch(), it.until()), now);
        }

        @Override
        public long raiseEpoch(String group, long above, Instant now, Instant until) {
            return super.raiseEpoch(rename.apply(group), above, now, until);
        }

        @Override
        public boolean isRevoked(Revocable it) {
            String subject = rename.apply(it.subjectKey()).substring(it.realm().length());
            return super.isRevoked(new Revocable(
                    it.realm(),
                    rename.apply(it.tokenId()),
                    rename.apply(it.loginId()),
                    subject.isEmpty() ? "" : subject.substring(1),
                    it.epoch()));
        }
    }

    /** Remembers the greatest epoch no longer than the groups that were ended. */
    private abstract static class Numbering extends PassingRevocationStore {
        private final Map<Instant, Long> left = new ConcurrentHashMap<>();
        private final long first;

        Numbering(RevocationStore right) {
            super(right);
            first = right.epoch();
        }

        abstract long atLeast(Instant now);

        @Override
        public void revoke(Revocation revocation, Instant now) {
            left.keySet().removeIf(until -> !until.isAfter(now));
            super.revoke(revocation, now);
        }

        @Override
        public long raiseEpoch(String group, long above, Instant now, Instant until) {
            long greatest = left.values().stream().mapToLong(it -> it).max().orElse(first);
            long next = 1 + Math.max(greatest, atLeast(now));
            left.put(until, next);
            revoke(Revocation.ofGroup(group, next, until), now);
            return next;
        }
    }
}
