package dev.gateline.internal;

import dev.gateline.Ending;
import dev.gateline.Verifier;
import dev.gateline.Verifier.Listening;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Listens to several verifiers as if they were one. Nothing outside Gateline may use it. */
public final class Listenings {
    private Listenings() {}

    /**
     * Listens to all of them or to none.
     *
     * @param verifiers that tell of endings
     * @param listener as for {@link Verifier#onEnded}
     * @return closes all
     */
    public static Listening toAll(List<? extends Verifier> verifiers, Consumer<Ending> listener) {
        List<Listening> all = new ArrayList<>();
        Listening both = () -> all.forEach(Listening::close);
        try {
            verifiers.forEach(each -> all.add(each.onEnded(listener)));
        } catch (RuntimeException | Error e) {
            both.close();
            throw e;
        }
        return both;
    }
}
