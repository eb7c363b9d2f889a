package dev.gateline;

import dev.gateline.internal.Each;
import dev.gateline.internal.Undo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Several authenticators side by side. A credential goes to the one lane that reads its prefix, and never to a second
 * lane. The first lane rejects a credential that no lane reads. Logins start in the first lane, and {@link #logins()}
 * covers all lanes. Thread-safe.
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
     * @param first the lane in which {@link #login} starts logins
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

    /** The first lane rejects a credential that no lane can read, with the same event as for any other rejection. */
    private Authenticator laneOrFirst(Credential credential) {
        return lane(credential).orElse(lanes.get(0));
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        return laneOrFirst(credential).authenticate(credential, requirement, activity);
    }

    @Override
    public Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        return laneOrFirst(credential).tryAuthenticate(credential, requirement, activity);
    }

    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return Verifier.recheckAtAny(lanes, identity, requirement);
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        return Verifier.onEndedAtAny(lanes, listener);
    }

    @Override
    public Set<String> prefixes() {
        return Set.copyOf(byPrefix.keySet());
    }

    /** Starts the login in the first lane. The login that it replaces may be of any lane. */
    @Override
    public Grant login(Login login, GrantCheck check) {
        Authenticator first = lanes.get(0);
        Grant grant = first.login(login, check);
        Undo.onFailure(
                () -> login.replaces()
                        .ifPresent(replaced -> lane(replaced)
                                .filter(lane -> !lane.equals(first))
                                .ifPresent(lane -> lane.logout(replaced))),
                () -> first.logout(grant.renewal()));
        return grant;
    }

    @Override
    public Outcome<Grant> renew(Credential renewal, GrantCheck check) {
        return laneOrFirst(renewal).renew(renewal, check);
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check) {
        return laneOrFirst(renewal).refresh(renewal, activity, check);
    }

    @Override
    public boolean isRenewalDue(Credential access, Identity identity) {
        return laneOrFirst(access).isRenewalDue(access, identity);
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check) {
        return laneOrFirst(renewal).reauthenticate(renewal, again, check);
    }

    @Override
    public Outcome<LoginId> logout(Credential credential) {
        return laneOrFirst(credential).logout(credential);
    }

    @Override
    public Logins logins() {
        return Logins.joined(lanes.stream().map(Authenticator::logins).toList());
    }

    @Override
    public void close() {
        Each.of(lanes, Authenticator::close);
    }
}
