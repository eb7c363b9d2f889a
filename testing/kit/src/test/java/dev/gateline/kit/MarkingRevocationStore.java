package dev.gateline.kit;

import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import java.time.Instant;
import java.util.Optional;

/** Leaves marks, as a server does that is never restarted. Thread-safe. */
class MarkingRevocationStore extends PassingRevocationStore {
    private static final String RUN = "run";

    private Optional<Instant> markedAt = Optional.empty();

    MarkingRevocationStore(RevocationStore right) {
        super(right);
    }

    @Override
    public synchronized Standing standing() {
        return markedAt.map(at -> Standing.marked(Rows.NOW, RUN, at, RUN)).orElse(Standing.unmarked(Rows.NOW, RUN));
    }

    @Override
    public synchronized Optional<Standing> vouch(Standing seen) {
        if (!isOfThisRun(seen) || !follows(markedAt, seen.markedAt())) {
            return Optional.empty();
        }
        mark();
        return Optional.of(standing());
    }

    boolean isOfThisRun(Standing seen) {
        return seen.run().equals(RUN);
    }

    boolean follows(Optional<Instant> mark, Optional<Instant> seen) {
        return seen.isEmpty() || (mark.isPresent() && !mark.get().isBefore(seen.get()));
    }

    void mark() {
        markedAt = Optional.of(Rows.NOW);
    }
}
