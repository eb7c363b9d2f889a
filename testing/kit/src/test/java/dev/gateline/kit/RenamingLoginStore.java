package dev.gateline.kit;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Takes different realms or subjects for one, and hands each row back as it was. */
final class RenamingLoginStore extends PassingLoginStore {
    private final BinaryOperator<String> realms;
    private final BinaryOperator<String> subjects;
    private final Map<LoginId, LoginRow> originals = new ConcurrentHashMap<>();

    private RenamingLoginStore(LoginStore right, BinaryOperator<String> realms, BinaryOperator<String> subjects) {
        super(right);
        this.realms = realms;
        this.subjects = subjects;
    }

    static LoginStore subjects(LoginStore right, UnaryOperator<String> rename) {
        return new RenamingLoginStore(right, (realm, subject) -> realm, (realm, subject) -> rename.apply(subject));
    }

    static LoginStore realms(LoginStore right, UnaryOperator<String> rename) {
        return new RenamingLoginStore(right, (realm, subject) -> rename.apply(realm), (realm, subject) -> subject);
    }

    /** Keeps realm and subject in one key. */
    static LoginStore joined(LoginStore right, String between) {
        return new RenamingLoginStore(
                right, (realm, subject) -> "joined", (realm, subject) -> realm + between + subject);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String inUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Override
    public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        originals.put(row.id(), row);
        String realm = realms.apply(row.realm(), row.subject());
        String subject = subjects.apply(row.realm(), row.subject());
        return super.insert(named(row, realm, subject), most, leaving, now);
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        return super.find(id).map(this::restored);
    }

    @Override
    public List<LoginRow> findBySubject(String realm, String subject) {
        return super.findBySubject(realms.apply(realm, subject), subjects.apply(realm, subject)).stream()
                .map(this::restored)
                .toList();
    }

    private LoginRow restored(LoginRow row) {
        LoginRow original = originals.get(row.id());
        return named(row, original.realm(), original.subject());
    }

    private static LoginRow named(LoginRow row, String realm, String subject) {
        return new LoginRow(row.id(), realm, subject, row.version(), row.lastSeenAt(), row.state());
    }
}
