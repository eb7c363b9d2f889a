package dev.gateline.engine;

import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.internal.Undo;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import dev.gateline.store.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The revocations of one kind of ticket in a store. Thread-safe. */
final class LoginRevocations {
    private final TicketPolicy policy;
    private final Storage storage;
    private final RevocationStore store;

    LoginRevocations(TicketPolicy policy, Storage storage) {
        this.policy = policy;
        this.storage = storage;
        store = storage.revocations();
    }

    /** The epoch for a login that starts now. */
    long epoch(LoginId id) {
        return storage.partOf(id).revocations().epoch();
    }

    boolean isRevoked(Revocable it, Reach reach) {
        return reach.isRevoked(store, it);
    }

    /** Revokes a login whose row is going to be deleted. */
    void end(LoginId id, EndReason reason, Instant now) {
        write(store, List.of(Revocation.ofLogin(id, now.plus(policy.endedFor()), reason)), now);
    }

    /** Revokes logins whose rows may stay. */
    void endForGood(Map<LoginId, EndReason> ids, Instant now) {
        end(ids, policy.endedForGood(), now);
    }

    private void end(Map<LoginId, EndReason> ids, Duration span, Instant now) {
        List<Revocation> all = ids.entrySet().stream()
                .map(each -> Revocation.ofLogin(each.getKey(), now.plus(span), each.getValue()))
                .toList();
        write(store, all, now);
    }

    /**
     * Revokes logins whose rows are going to be deleted, at one part of the storage after the other. If a part fails,
     * the logins of the parts before it have ended although their rows stay.
     */
    void endAll(Map<LoginId, EndReason> ids, Instant now) {
        Map<LoginId, EndReason> ended = new LinkedHashMap<>();
        Undo.onFailure(
                () -> byPart(ids).forEach(some -> {
                    end(some, policy.endedFor(), now);
                    ended.putAll(some);
                }),
                () -> endForGood(ended, now));
    }

    /** Divides logins by the part of the storage that keeps them, in the order in which the parts come first. */
    private List<Map<LoginId, EndReason>> byPart(Map<LoginId, EndReason> ids) {
        List<Map<LoginId, EndReason>> divided = new ArrayList<>();
        IdentityHashMap<Storage, Map<LoginId, EndReason>> parts = new IdentityHashMap<>();
        ids.forEach((id, reason) -> {
            Map<LoginId, EndReason> some = parts.computeIfAbsent(storage.partOf(id), part -> new LinkedHashMap<>());
            if (some.isEmpty()) {
                divided.add(some);
            }
            some.put(id, reason);
        });
        return divided;
    }

    /**
     * Ends all logins of a subject.
     *
     * @param above an epoch that the new one must exceed
     * @return the new epoch
     */
    long endSubject(String subject, long above, Instant now) {
        String group = Revocable.subjectKey(policy.realm(), subject);
        return store.raiseEpoch(group, above, now, now.plus(policy.endedForGood()));
    }

    /** Ends all logins of this kind, whose rows stay. They may have started with longer timeouts than those of now. */
    void endEverybody(Instant now) {
        long unused = store.raiseEpoch(policy.realm(), 0, now, now.plus(TicketPolicy.ENDED_FOR_ANY_LOGIN));
    }

    /** Revokes one token of a login. */
    void endToken(LoginId id, String tokenId, Instant until, Instant now) {
        endTokens(id, List.of(Revocation.ofToken(tokenId, until)), now);
    }

    /**
     * Revokes the tokens from before a step-up. A session has no tokens, but listeners to endings hear of the step-up
     * by this revocation.
     */
    void endTokensBefore(LoginRow next, TicketState before, Instant now) {
        Instant until = now.plus(policy.endedFor());
        List<Revocation> all = IntStream.rangeClosed(before.endedBelow(), before.stepUps())
                .mapToObj(stepUps -> Revocation.ofToken(Revocable.tokensKey(next.id(), stepUps), until))
                .toList();
        endTokens(next.id(), all, now);
    }

    /** Writes to the part of the storage that keeps the login, because a token does not say which one that is. */
    private void endTokens(LoginId id, List<Revocation> tokens, Instant now) {
        write(storage.partOf(id).revocations(), tokens, now);
    }

    private static void write(RevocationStore store, List<Revocation> all, Instant now) {
        if (all.size() == 1) {
            store.revoke(all.get(0), now);
        } else if (!all.isEmpty()) {
            store.revokeAll(all, now);
        }
    }
}
