package dev.gateline;

import dev.gateline.internal.Listenings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Several authenticators side by side. A credential goes to the one lane that reads its prefix, never to a second one
 * by trial; logins start in the first lane, and {@link #logins()} speaks of all. Thread-safe.
 */
public final class AnyOf implements Authenticator {
    private final List<Authenticator> lanes;
    private final Map<String, Authenticator> byPrefix;

    private AnyOf(List<Authenticator> lanes) {
        this.lanes = lanes;
        this.byPrefix = new LinkedHashMap<>();
        for (Authenticator lane : lanes) {
            lane.prefixes().forEach(prefix -> add(prefix, lane));
        }
    }

    /**
     * Joins lanes.
     *
     * @param first where {@link #login} starts logins
     * @param others further lanes
     * @throws IllegalArgumentException if two lanes read credentials of the same prefix
     */
    public static AnyOf of(Authenticator first, Authenticator... others) {
        List<Authenticator> lanes = new ArrayList<>();
        lanes.add(first);
        lanes.addAll(Arrays.asList(others));
        return new AnyOf(List.copyOf(lanes));
    }

    private void add(String prefix, Authenticator lane) {
        for (String taken : byPrefix.keySet()) {
            if (taken.startsWith(prefix) || prefix.startsWith(taken)) {
                throw new IllegalArgumentException("two lanes read credentials that begin with '" + prefix + "'");
            }
        }
        byPrefix.put(prefix, lane);
    }

    private Optional<Authenticator> lane(Credential credential) {
        String text = credential.reveal();
        for (Map.Entry<String, Authenticator> entry : byPrefix.entrySet()) {
            if (text.startsWith(entry.getKey())) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    private static <T> Outcome<T> unreadable(Credential credential) {
        return Outcome.rejected(credential.tooLong() ? Rejection.TOO_LARGE : Rejection.MALFORMED);
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        return lane(credential)
                .map(lane -> lane.authenticate(credential, requirement, activity))
                .orElseGet(() -> unreadable(credential));
    }

    /** Whoever's the identity is not, says so without asking anybody. */
    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return lanes.stream()
                .map(lane -> lane.recheck(identity, requirement))
                .filter(outcome -> !outcome.equals(Outcome.rejected(Rejection.UNKNOWN)))
                .findFirst()
                .orElse(Outcome.rejected(Rejection.UNKNOWN));
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        return Listenings.toAll(lanes, listener);
    }

    @Override
    public Set<String> prefixes() {
        return Set.copyOf(byPrefix.keySet());
    }

    /** Starts the login in the first lane; what it replaces may be of any lane. */
    @Override
    public Grant login(Login login, GrantCheck check) {
        Authenticator first = lanes.get(0);
        Grant grant = first.login(login, check);
        try {
            login.replaces()
                    .filter(credential -> lane(credential).filter(first::equals).isEmpty())
                    .ifPresent(this::logout);
        } catch (RuntimeException e) {
            try {
                first.logout(grant.renewal());
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        return grant;
    }

    @Override
    public Outcome<Grant> renew(Credential renewal, GrantCheck check) {
        return lane(renewal).map(lane -> lane.renew(renewal, check)).orElseGet(() -> unreadable(renewal));
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check) {
        return lane(renewal).map(lane -> lane.refresh(renewal, activity, check)).orElseGet(() -> unreadable(renewal));
    }

    @Override
    public boolean isRenewalDue(Credential access, Identity identity) {
        return lane(access).filter(lane -> lane.isRenewalDue(access, identity)).isPresent();
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check) {
        return lane(renewal)
                .map(lane -> lane.reauthenticate(renewal, again, check))
                .orElseGet(() -> unreadable(renewal));
    }

    @Override
    public Outcome<LoginId> logout(Credential credential) {
        return lane(credential).map(lane -> lane.logout(credential)).orElseGet(() -> unreadable(credential));
    }

    @Override
    public Logins logins() {
        return Logins.joined(lanes.stream().map(Authenticator::logins).toList());
    }

    @Override
    public void close() {
        JoinedLogins.onEach(lanes, Authenticator::close);
    }
}
