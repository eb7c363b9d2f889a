package dev.gateline.store;

import dev.gateline.EndReason;
import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import dev.gateline.internal.Micros;
import dev.gateline.store.Revocation.Grain;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message of a change feed: whatever is read or made is written and read back the same. */
public final class ChangeFuzz {
    private ChangeFuzz() {}

    /** One input: a message, or the parts of a revocation. */
    public static void fuzzerTestOneInput(byte[] input) {
        Input in = new Input(input);
        if (in.small() % 2 == 0) {
            readAny(new String(in.rest(), StandardCharsets.UTF_8));
        } else {
            writeAny(in);
        }
    }

    private static void readAny(String message) {
        Change change;
        try {
            change = Change.read(message);
        } catch (IllegalArgumentException e) {
            return;
        }
        Check.same(Change.read(change.write()), change, "a change that was read");
    }

    private static void writeAny(Input in) {
        Grain grain = in.oneOf(List.of(Grain.values()));
        EndReason reason = in.oneOf(List.of(EndReason.values()));
        long epoch = in.number();
        Revocation revocation = new Revocation(grain, in.text(), epoch, Micros.instant(in.number()), reason);
        Change change = new Change.OfRevocation(revocation);
        Check.same(Change.read(change.write()), change, "a revocation");
        Check.same(revocation.mergedWith(revocation), revocation, "merged with itself");
        Check.that(revocation.key().length() > 300 || change.write().length() <= 400, "at most 400 characters");
    }
}
