package dev.gateline.kit;

import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Stores that break one promise each, and the test of {@link RevocationStoreContract} that must catch them. */
@SuppressWarnings("ImmutableEnumChecker") // a function is
enum WrongRevocationStore {
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
    LAST_TIME_WINS("revoke_again_keepsTheLaterTime", right -> new Passing(right) {
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
    TAKES_A_TOKEN_FOR_A_LOGIN("revoke_token_revokesThatTokenOnly", right -> new Passing(right) {
        @Override
        public boolean isRevoked(Revocable it) {
            return right.isRevoked(it) || right.isRevoked(new Revocable(it.realm(), it.loginId(), "", "", it.epoch()));
        }
    }),
    TAKES_A_LOGIN_FOR_A_TOKEN("revoke_login_revokesAllItsTokensAndItself", right -> new Passing(right) {
        @Override
        public boolean isRevoked(Revocable it) {
            return right.isRevoked(it) || right.isRevoked(new Revocable(it.realm(), "", it.tokenId(), "", it.epoch()));
        }
    }),
    KNOWS_NO_REALMS("raiseEpoch_ofARealm_revokesEarlierEpochsOfTheRealmOnly", right -> new Passing(right) {
        @Override
        public long raiseEpoch(String group, long above, Instant now, Instant until) {
            return group.contains(" ") ? right.raiseEpoch(group, above, now, until) : right.epoch() + 1;
        }
    }),
    EPOCHS_OF_EACH_GROUP_ARE_ITS_OWN(
            "epoch_whoseverItIsAndHoweverLongForgotten_isNoLessThanAny", right -> new Passing(right) {
                private final long first = right.epoch();

                @Override
                public long epoch() {
                    return first;
                }
            }),
    ENDS_THE_NEW_EPOCH_TOO(
            "raiseEpoch_always_revokesEarlierEpochsOfTheSubjectAndNotItsOwn", right -> new Passing(right) {
                @Override
                public boolean isRevoked(Revocable it) {
                    String subject = it.subjectKey().substring(it.realm().length() + 1);
                    return right.isRevoked(
                            new Revocable(it.realm(), it.tokenId(), it.loginId(), subject, it.epoch() - 1));
                }
            }),
    IGNORES_WHAT_IS_TO_BE_ABOVE("raiseEpoch_aboveWhatTheStoreKnows_isAboveThat", right -> new Passing(right) {
        @Override
        public long raiseEpoch(String group, long above, Instant now, Instant until) {
            return right.raiseEpoch(group, 0, now, until);
        }
    }),
    NUMBERS_BY_THE_CLOCK(
            "raiseEpoch_twiceInTheSameInstantOrWithAClockThatGoesBack_stillRises", right -> new Passing(right) {
                @Override
                public long raiseEpoch(String group, long above, Instant now, Instant until) {
                    right.raiseEpoch(group, above, now, until);
                    return now.toEpochMilli();
                }
            }),
    REVOKES_THE_FIRST_THOUSAND("revokeAll_ofEachGrain_revokesAllAndMerges", right -> new Passing(right) {
        @Override
        public void revokeAll(Collection<Revocation> revocations, Instant now) {
            right.revokeAll(revocations.stream().limit(1_000).toList(), now);
        }
    }),
    LISTS_1000("forEachLive_thousands_hasAll", right -> new Passing(right) {
        @Override
        public void forEachLive(Instant now, Consumer<Revocation> action) {
            List<Revocation> live = new ArrayList<>();
            right.forEachLive(now, live::add);
            live.stream().limit(1_000).forEach(action);
        }
    }),
    HOLDS_1000("revoke_untilItsTime_isNeverForgotten", right -> new Passing(right) {
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
    });

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<RevocationStore> around;

    WrongRevocationStore(String caughtBy, UnaryOperator<RevocationStore> around) {
        this.caughtBy = caughtBy;
        this.around = around;
    }

    String caughtBy() {
        return caughtBy;
    }

    RevocationStore around(RevocationStore right) {
        return around.apply(right);
    }

    private static String lower(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    /** Passes everything on. */
    private static class Passing implements RevocationStore {
        private final RevocationStore right;

        Passing(RevocationStore right) {
            this.right = right;
        }

        @Override
        public void revoke(Revocation revocation, Instant now) {
            right.revoke(revocation, now);
        }

        @Override
        public void revokeAll(Collection<Revocation> revocations, Instant now) {
            revocations.forEach(revocation -> revoke(revocation, now));
        }

        @Override
        public long raiseEpoch(String group, long above, Instant now, Instant until) {
            return right.raiseEpoch(group, above, now, until);
        }

        @Override
        public long epoch() {
            return right.epoch();
        }

        @Override
        public boolean isRevoked(Revocable it) {
            return right.isRevoked(it);
        }

        @Override
        public void forEachLive(Instant now, Consumer<Revocation> action) {
            right.forEachLive(now, action);
        }
    }

    /** Takes different keys for one. */
    private static final class Renaming extends Passing {
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
}
