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
import dev.gateline.internal.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the access tokens of several issuers: of providers, also opaque ones, and of the host. Thread-safe.
 *
 * <p>At first nothing of a token is proven. Its {@code iss} chooses one of the verifiers that are wired. A credential
 * that is no readable JWT goes to the {@link IntrospectionVerifier} whose prefix fits. The chosen verifier then proves
 * everything, with its own keys, audience and profile. There is no second try. A JWT of an issuer that is not wired and
 * a refresh token of the host are refused, and no issuer is asked about them.
 *
 * <p>A token that was accepted before costs one look-up in memory for each issuer. The claims of a token that was not
 * seen before are read twice.
 */
public final class AnyIssuer implements Verifier {
    private final List<OneIssuer> all;
    private final List<JwtVerifier> signed;
    private final Map<String, OneIssuer> byIssuer = new LinkedHashMap<>();
    private final Map<String, IntrospectionVerifier> opaqueByPrefix = new LinkedHashMap<>();
    private final Set<String> subjectPrefixes = new HashSet<>();

    private AnyIssuer(List<OneIssuer> all) {
        this.all = all;
        signed = all.stream().flatMap(each -> signed(each).stream()).toList();
        all.forEach(this::add);
    }

    /**
     * Joins verifiers. Signed and opaque tokens of one issuer may have a verifier each, which then have the same
     * subjects.
     *
     * @param first the first verifier; if it reads JWTs, its listener hears of tokens of other issuers
     * @param others further verifiers; all issuers except one need a {@code subjectPrefix}
     * @throws IllegalArgumentException if two verifiers read the same tokens, or if two issuers may have the same
     *     subject
     */
    public static AnyIssuer of(OneIssuer first, OneIssuer... others) {
        List<OneIssuer> all = new ArrayList<>();
        all.add(first);
        all.addAll(Arrays.asList(others));
        return new AnyIssuer(List.copyOf(all));
    }

    private static Optional<JwtVerifier> signed(OneIssuer verifier) {
        if (verifier instanceof JwtAuthenticator own) {
            return Optional.of(own.verifier());
        }
        return verifier instanceof JwtVerifier jwt ? Optional.of(jwt) : Optional.empty();
    }

    private void add(OneIssuer verifier) {
        OneIssuer sameIssuer = byIssuer.get(verifier.issuer());
        if (sameIssuer == null) {
            checkSubjects(verifier);
        } else {
            checkBeside(sameIssuer, verifier);
        }
        if (verifier instanceof IntrospectionVerifier opaque) {
            addOpaque(opaque);
            byIssuer.putIfAbsent(verifier.issuer(), verifier);
        } else {
            byIssuer.put(verifier.issuer(), verifier);
        }
        subjectPrefixes.add(verifier.subjectPrefix());
    }

    /** Checks the two verifiers of one issuer: one for signed tokens and one for opaque ones. */
    private void checkBeside(OneIssuer known, OneIssuer verifier) {
        boolean ofOneKind = signed(known).isPresent() == signed(verifier).isPresent()
                || all.stream()
                                .filter(each -> each.issuer().equals(verifier.issuer()))
                                .count()
                        > 2;
        Rules.require(!ofOneKind, "two verifiers are of the issuer " + verifier.issuer());
        Rules.require(
                known.subjectPrefix().equals(verifier.subjectPrefix()),
                "subject prefix: the same for all tokens of " + verifier.issuer() + ", was '" + known.subjectPrefix()
                        + "' and '" + verifier.subjectPrefix() + "'");
    }

    private void checkSubjects(OneIssuer verifier) {
        String prefix = verifier.subjectPrefix();
        for (String taken : subjectPrefixes) {
            boolean bothEmpty = prefix.isEmpty() && taken.isEmpty();
            boolean overlap =
                    !prefix.isEmpty() && !taken.isEmpty() && (taken.startsWith(prefix) || prefix.startsWith(taken));
            Rules.require(
                    !bothEmpty && !overlap,
                    "two issuers may have the same subjects: give " + verifier.issuer()
                            + " a subjectPrefix(...) that no other begins with; was '" + prefix + "'");
        }
    }

    private void addOpaque(IntrospectionVerifier verifier) {
        String prefix = verifier.tokensBeginWith();
        for (String taken : opaqueByPrefix.keySet()) {
            Rules.require(
                    !taken.startsWith(prefix) && !prefix.startsWith(taken),
                    "two issuers may have the same opaque tokens: give " + verifier.issuer()
                            + " a tokensBeginWith(...) that no other begins with; was '" + prefix + "'");
        }
        opaqueByPrefix.put(prefix, verifier);
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        Outcome<OneIssuer> chosen = chosen(credential);
        return chosen instanceof Accepted<OneIssuer> accepted
                ? asOneOfSeveral(accepted.value(), accepted.value().authenticate(credential, requirement, activity))
                : tell((Rejected<OneIssuer>) chosen);
    }

    @Override
    public Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        return chosen(credential)
                .toOptional()
                .flatMap(verifier -> verifier.tryAuthenticate(credential, requirement, activity)
                        .filter(identity -> !mayBeAnothers(verifier, identity)));
    }

    private Outcome<OneIssuer> chosen(Credential credential) {
        for (OneIssuer each : all) {
            if (signed(each).filter(jwt -> jwt.knows(credential)).isPresent()) {
                return Outcome.accepted(each);
            }
        }
        if (RefreshTokens.isOne(credential)) {
            return Outcome.rejected(Rejection.MALFORMED, "token: a refresh token, not an access token");
        }
        Outcome<String> issuer = CompactJws.unprovenIssuer(credential);
        if (issuer instanceof Accepted<String> readable) {
            return ofIssuer(readable.value());
        }
        return opaque(credential).map(Outcome::<OneIssuer>accepted).orElseGet(() -> issuer.then(this::ofIssuer));
    }

    private Outcome<OneIssuer> ofIssuer(String issuer) {
        OneIssuer verifier = byIssuer.get(issuer);
        return verifier == null
                ? Outcome.rejected(Rejection.WRONG_ISSUER, "iss: none of the issuers that are wired")
                : Outcome.accepted(verifier);
    }

    private Optional<OneIssuer> opaque(Credential credential) {
        String text = credential.reveal();
        return opaqueByPrefix.entrySet().stream()
                .filter(entry -> !credential.tooLong() && text.startsWith(entry.getKey()))
                .<OneIssuer>map(Map.Entry::getValue)
                .findFirst();
    }

    private Outcome<Identity> asOneOfSeveral(OneIssuer verifier, Outcome<Identity> outcome) {
        return outcome instanceof Accepted<Identity> accepted && mayBeAnothers(verifier, accepted.value())
                ? tell(verifier, new Rejected<>(Rejection.WRONG_SUBJECT, "sub: begins as those of another issuer"))
                : outcome;
    }

    private boolean mayBeAnothers(OneIssuer verifier, Identity identity) {
        return verifier.subjectPrefix().isEmpty()
                && subjectPrefixes.stream()
                        .anyMatch(prefix ->
                                !prefix.isEmpty() && identity.subject().startsWith(prefix));
    }

    private Outcome<Identity> tell(Rejected<OneIssuer> rejected) {
        OneIssuer teller = signed.isEmpty() ? all.get(0) : signed.get(0);
        return tell(teller, new Rejected<>(rejected.reason(), rejected.detail()));
    }

    private static Outcome<Identity> tell(OneIssuer teller, Rejected<Identity> rejected) {
        return teller instanceof IntrospectionVerifier opaque
                ? opaque.tell(rejected)
                : signed(teller).orElseThrow().tell(rejected);
    }

    /**
     * Rechecks an identity at the verifiers of its issuer. Signed and opaque tokens of one issuer have two verifiers.
     * An identity does not tell which of them has accepted it, so neither may reject it.
     */
    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return Verifier.recheckAtAny(
                all.stream()
                        .filter(each -> each.issuer().equals(identity.issuer()))
                        .toList(),
                identity,
                requirement);
    }

    /** Reports the endings at the issuers that share their revocations with this service. */
    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        List<OneIssuer> telling = all.stream().filter(AnyIssuer::hearsOfEndings).toList();
        if (telling.isEmpty()) {
            throw new IllegalStateException("a verifier hears of endings by revocations(...) only");
        }
        return Verifier.onEndedAtAny(telling, listener);
    }

    private static boolean hearsOfEndings(OneIssuer verifier) {
        return signed(verifier).filter(jwt -> jwt.revocation().tellsOfEndings()).isPresent();
    }

    @Override
    public Set<String> prefixes() {
        Set<String> opaque = opaqueByPrefix.keySet();
        return opaque.contains("")
                ? Set.of("")
                : Stream.concat(Stream.of(JwtVerifier.PREFIX), opaque.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
