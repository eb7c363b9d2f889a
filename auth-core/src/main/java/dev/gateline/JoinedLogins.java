package dev.gateline;

import dev.gateline.internal.Each;
import java.util.Comparator;
import java.util.List;

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
        Each.of(all, logins -> logins.end(id));
    }

    @Override
    public boolean end(String subject, LoginId id) {
        return all.stream().anyMatch(logins -> logins.end(subject, id));
    }

    @Override
    public void endAll(String subject) {
        Each.of(all, logins -> logins.endAll(subject));
    }

    @Override
    public void endEverybody() {
        Each.of(all, Logins::endEverybody);
    }

    @Override
    public void endOthers(String subject, LoginId keep) {
        Each.of(all, logins -> logins.endOthers(subject, keep));
    }
}
