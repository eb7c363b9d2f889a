package dev.gateline;

import dev.gateline.Verifier.Listening;
import dev.gateline.internal.Each;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Somebody listens to several verifiers. */
record JoinedListening(List<Listening> all) implements Listening {

    static Listening of(Collection<? extends Verifier> verifiers, Consumer<Ending> listener) {
        JoinedListening own = new JoinedListening(new ArrayList<>());
        try {
            verifiers.forEach(verifier -> own.all.add(verifier.onEnded(listener)));
        } catch (RuntimeException | Error e) {
            own.close();
            throw e;
        }
        return own;
    }

    @Override
    public void close() {
        Each.of(all, Listening::close);
    }
}
