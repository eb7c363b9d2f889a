package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.Credential;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Accepted;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the access tokens of several issuers. The {@code iss} of a token, of which nothing is proven yet, chooses one
 * of the verifiers that are wired; that one then proves everything, with its own keys, audience and profile. There is
 * no second try. Thread-safe.
 *
 * <p>A token that was accepted before costs one look-up in memory for each issuer; a token not seen before has its
 * claims read twice.
 */
public final class AnyIssuer implements Verifier {
    private final List<JwtVerifier> all;
    private final Map<String, JwtVerifier> byIssuer;
    private final List<String> prefixes;

    private AnyIssuer(List<JwtVerifier> all) {
        this.all = all;
        byIssuer = new LinkedHashMap<>();
        prefixes = new ArrayList<>();
        for (JwtVerifier each : all) {
            if (byIssuer.put(each.issuer(), each) != null) {
                throw new IllegalArgumentException("two verifiers are of the issuer " + each.issuer());
            }
            addPrefix(each);
        }
    }

    /**
     * Joins verifiers, each of another issuer.
     *
     * @param first of an issuer; is told of tokens that are of none of them
     * @param others with a {@link JwtVerifier.Builder#subjectPrefix} each; one of all may have none
     * @throws IllegalArgumentException if two are of the same issuer, or their subjects may be the same
     */
    public static AnyIssuer of(JwtVerifier first, JwtVerifier... others) {
        List<JwtVerifier> all = new ArrayList<>();
        all.add(first);
        all.addAll(Arrays.asList(others));
        return new AnyIssuer(List.copyOf(all));
    }

    private void addPrefix(JwtVerifier verifier) {
        String prefix = verifier.subjectPrefix();
        for (String taken : prefixes) {
            boolean bothEmpty = prefix.isEmpty() && taken.isEmpty();
            boolean overlap =
                    !prefix.isEmpty() && !taken.isEmpty() && (taken.startsWith(prefix) || prefix.startsWith(taken));
            if (bothEmpty || overlap) {
                throw new IllegalArgumentException("two issuers may have the same subjects: give " + verifier.issuer()
                        + " a subjectPrefix(...) that no other begins with; was '" + prefix + "'");
            }
        }
        prefixes.add(prefix);
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        for (JwtVerifier each : all) {
            if (each.knows(credential)) {
                return authenticate(each, credential, requirement);
            }
        }
        Outcome<JwtVerifier> chosen = CompactJws.unprovenIssuer(credential).then(this::ofIssuer);
        return chosen instanceof Accepted<JwtVerifier> accepted
                ? authenticate(accepted.value(), credential, requirement)
                : all.get(0).tell((Rejected<JwtVerifier>) chosen);
    }

    private Outcome<JwtVerifier> ofIssuer(String issuer) {
        JwtVerifier verifier = byIssuer.get(issuer);
        return verifier == null
                ? Outcome.rejected(Rejection.WRONG_ISSUER, "iss: none of the issuers that are wired")
                : Outcome.accepted(verifier);
    }

    private Outcome<Identity> authenticate(JwtVerifier verifier, Credential credential, Requirement requirement) {
        Outcome<Identity> outcome = verifier.authenticate(credential, requirement);
        boolean mayBeAnothers = verifier.subjectPrefix().isEmpty();
        return mayBeAnothers
                        && outcome.map(Identity::subject).map(this::isAnothers).equals(Outcome.accepted(true))
                ? verifier.tell(new Rejected<>(Rejection.WRONG_SUBJECT, "sub: begins as those of another issuer"))
                : outcome;
    }

    private boolean isAnothers(String subject) {
        return prefixes.stream().anyMatch(prefix -> !prefix.isEmpty() && subject.startsWith(prefix));
    }

    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        JwtVerifier verifier = byIssuer.get(identity.issuer());
        return verifier == null ? Outcome.rejected(Rejection.UNKNOWN) : verifier.recheck(identity, requirement);
    }

    /** Tells of the endings at those issuers that share their revocations with this service. */
    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        List<JwtVerifier> telling =
                all.stream().filter(JwtVerifier::hearsOfEndings).toList();
        if (telling.isEmpty()) {
            throw new IllegalStateException("a verifier hears of endings by revocations(...) only");
        }
        return Verifier.onEndedAtAny(telling, listener);
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(JwtVerifier.PREFIX);
    }
}
