package dev.gateline;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The logins of several authenticators. */
record JoinedLogins(List<Logins> all) implements Logins {

    @Override
    public List<LoginInfo> of(String subject) {
        return all.stream()
                .flatMap(logins -> logins.of(subject).stream())
                .sorted(Comparator.comparing(LoginInfo::startedAt).reversed())
                .toList();
    }

    @Override
    public void end(LoginId id) {
        onEach(all, logins -> logins.end(id));
    }

    @Override
    public boolean end(String subject, LoginId id) {
        return all.stream().anyMatch(logins -> logins.end(subject, id));
    }

    @Override
    public void endAll(String subject) {
        onEach(all, logins -> logins.endAll(subject));
    }

    @Override
    public void endEverybody() {
        onEach(all, Logins::endEverybody);
    }

    @Override
    public void endOthers(String subject, LoginId keep) {
        onEach(all, logins -> logins.endOthers(subject, keep));
    }

    /** Does it to each, also when one fails, and then says that one has. */
    static <T> void onEach(Collection<T> all, Consumer<T> action) {
        RuntimeException failure = null;
        for (T each : all) {
            try {
                action.accept(each);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
