package dev.gateline.engine;

import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Accepted;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.Revocable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Answers questions about a login by its id, without a ticket. Thread-safe; holds no state. */
final class LiveLogins {
    private final TicketPolicy policy;
    private final LoginRows rows;

    LiveLogins(TicketPolicy policy, LoginRows rows) {
        this.policy = policy;
        this.rows = rows;
    }

    /** Does the work of {@link Tickets#isLive}. */
    boolean isLive(LoginId id, Instant now) {
        return live(id, Reach.STORE, Reach.STORE, now).toOptional().isPresent();
    }

    /**
     * Whether an identity belongs to a login of this kind. An identity of another issuer may name the id of one,
     * because ids are public.
     */
    boolean isOurs(Identity identity) {
        return identity.realm().equals(policy.realm());
    }

    /** Does the work of {@link Tickets#data}. */
    Outcome<Map<String, String>> data(LoginId id, Instant now) {
        return liveByCopy(id, now).map(row -> row.state().data());
    }

    /**
     * Does the work of {@link Tickets#recheck}. An identity from before a step-up is rejected, because its holder need
     * not be the user who has proved more since.
     */
    Outcome<Identity> recheck(Identity identity, Requirement requirement, Instant now) {
        if (!isOurs(identity)) {
            return Outcome.rejected(Rejection.UNKNOWN);
        }
        Outcome<Identity> outcome = requirement.isAuthoritative()
                ? sameProof(identity, live(identity.loginId(), Reach.STORE, Reach.STORE, now))
                : recheckByCopy(identity, now);
        return requirement.checkProof(outcome, now);
    }

    /** A node may hear of a step-up before its copy of the row shows it. Such a copy does not decide. */
    private Outcome<Identity> recheckByCopy(Identity identity, Instant now) {
        LoginId id = identity.loginId();
        String proof = Revocable.tokensKey(id, identity.stepUps());
        Revocable proved = new Revocable(policy.realm(), "", proof, id.value(), identity.subject(), identity.epoch());
        if (!rows.isRevoked(proved, Reach.COPY)) {
            Outcome<Identity> byCopy = sameProof(identity, live(id, Reach.COPY, Reach.COPY, now));
            if (byCopy instanceof Accepted<Identity>) {
                return byCopy;
            }
        }
        return sameProof(identity, live(id, Reach.STORE, Reach.COPY, now));
    }

    private static Outcome<Identity> sameProof(Identity identity, Outcome<LoginRow> live) {
        return live.then(row -> identity.stepUps() < row.state().ticket().endedBelow()
                ? Outcome.rejected(Rejection.REVOKED)
                : Outcome.accepted(row.identity()));
    }

    /** A rejection that is based on a copy is checked again against the store. */
    private Outcome<LoginRow> liveByCopy(LoginId id, Instant now) {
        Outcome<LoginRow> found = live(id, Reach.COPY, Reach.COPY, now);
        return found instanceof Rejected<LoginRow> ? live(id, Reach.STORE, Reach.COPY, now) : found;
    }

    /** Does the work of {@link Tickets#change}. */
    Outcome<Map<String, String>> change(LoginId id, UnaryOperator<Map<String, String>> change, Instant now) {
        return Retry.untilNobodyComesFirst(first -> changeOnce(id, first ? Reach.MEMORY : Reach.STORE, change, now));
    }

    /**
     * Changes a row as it was read. A write compares the version, so a copy may be old. Only the store decides that
     * nothing has to be written.
     */
    private @Nullable Outcome<Map<String, String>> changeOnce(
            LoginId id, Reach reach, UnaryOperator<Map<String, String>> change, Instant now) {
        // an ending also deletes the row, so the write finds no row, or the ending deletes the written row
        Outcome<LoginRow> found = live(id, reach, Reach.COPY, now);
        Optional<LoginRow> live = found.toOptional();
        if (live.isEmpty()) {
            return reach == Reach.STORE ? found.map(none -> Map.of()) : Retry.again();
        }
        LoginRow row = live.get();
        Map<String, String> data = change.apply(row.state().data());
        if (data.equals(row.state().data())) {
            return reach == Reach.STORE ? Outcome.accepted(data) : Retry.again();
        }
        LoginState changed = row.state().toBuilder().data(data).build();
        LoginRow next = row.next(changed, row.lastSeenAt());
        return Retry.after(rows.replace(next, row.version(), now), data);
    }

    /**
     * The row of a login that is live.
     *
     * @param row how far the question about the row goes
     * @param ending how far the question about an ending goes
     */
    private Outcome<LoginRow> live(LoginId id, Reach row, Reach ending, Instant now) {
        Optional<LoginRow> found = rows.find(id, row);
        if (found.isEmpty()) {
            return Outcome.rejected(Rejection.UNKNOWN);
        }
        if (!found.get().isLiveAt(now)) {
            return Outcome.rejected(Rejection.EXPIRED);
        }
        return rows.isRevoked(found.get().revocable(), ending)
                ? Outcome.rejected(Rejection.REVOKED)
                : Outcome.accepted(found.get());
    }
}
