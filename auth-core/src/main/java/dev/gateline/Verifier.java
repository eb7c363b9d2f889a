package dev.gateline;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Answers who presents a credential. A resource server that only reads credentials issued elsewhere needs no more than
 * this. Implementations are thread-safe.
 */
public interface Verifier {

    /**
     * Says who presents a credential. Each request calls this, so it asks no store if it can answer from memory.
     *
     * @param credential what the client sent, of any content: bad input is a {@link Rejection}, never an exception
     * @return the identity, proven as of now, or the reason why not
     * @throws AuthUnavailableException if a store that is needed for the answer can't give it
     */
    default Outcome<Identity> authenticate(Credential credential) {
        return authenticate(credential, Requirement.none());
    }

    /**
     * Says who presents a credential, if the proof is strong, recent and authoritative enough for the next operation.
     *
     * @param credential what the client sent, of any content
     * @param requirement what the identity must satisfy besides being live
     * @return the identity; {@link Rejection#INSUFFICIENT} if it is live but does not satisfy the requirement; or the
     *     reason why it is not live
     * @throws AuthUnavailableException if a store that is needed for the answer can't give it
     */
    default Outcome<Identity> authenticate(Credential credential, Requirement requirement) {
        return authenticate(credential, requirement, Activity.USER);
    }

    /**
     * Says who presents a credential, as {@link #authenticate(Credential, Requirement)} does, for a request of the user
     * or of a program.
     *
     * @param credential what the client sent, of any content
     * @param requirement what the identity must satisfy besides being live
     * @param activity whether the request counts as a use of the login, which postpones the idle timeout
     */
    Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity);

    /**
     * Says who presents a credential, if memory alone proves it: the usual case. It is for event loops: it waits for
     * nothing, and tells no {@link AuthListener}. Where waiting is allowed, call {@link #authenticate(Credential,
     * Requirement, Activity)} alone, which costs no more.
     *
     * @param credential what the client sent, of any content
     * @param requirement what the identity must satisfy besides being live
     * @param activity whether the request counts as a use of the login
     * @return the identity that {@link #authenticate} would accept now; empty if it would reject the credential, ask a
     *     store or an issuer, or check a signature. Call it then, on a thread that may wait. Always empty for a
     *     verifier that can't tell, which is the default
     */
    default Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        return Optional.empty();
    }

    /**
     * Says whether an identity that was accepted before is still live, as {@link #recheck(Identity, Requirement)} does.
     */
    default Outcome<Identity> recheck(Identity identity) {
        return recheck(identity, Requirement.none());
    }

    /**
     * Says whether the login of an identity that was accepted before is still live, and its proof still good enough. It
     * is for streams that stay open after their request. A step-up ends the identities from before it, because a stream
     * may belong to a thief; the client with the new credentials opens its stream again. The revocation of one token
     * ends neither its login nor a stream. The answer comes from memory if that of {@link #authenticate} does. A
     * recheck does not count as a use of the login and is never taken for theft, and its rejection causes no {@link
     * AuthEvent}.
     *
     * @param identity as {@link #authenticate} or this method has accepted it
     * @param requirement what the identity must satisfy besides being live
     * @return the identity as it is now, with newer claims if a renewal brought any; {@link Rejection#REVOKED} for an
     *     identity from before a step-up or of a login that has ended; {@link Rejection#UNKNOWN} for a login of another
     *     verifier or one that is gone. A verifier that only reads tokens rejects an identity after its token has
     *     expired
     * @throws AuthUnavailableException if a store that is needed for the answer can't give it
     */
    Outcome<Identity> recheck(Identity identity, Requirement requirement);

    /**
     * Reports each login that ends before its time, and each step-up, at any node, so that the host can close streams.
     * The report usually comes within milliseconds. After a gap in which this node could not hear of endings, it is
     * {@link Ending.OfSome}. An ending may be reported twice. Endings of single logins are reported for all
     * authenticators that share the storage. The expiry of a login is not reported: recheck streams from time to time.
     *
     * @param listener called by one thread at a time, which belongs to this listener; its exceptions are logged
     * @return close it to stop listening
     */
    Listening onEnded(Consumer<Ending> listener);

    /**
     * Rechecks an identity that one of several verifiers has accepted, as {@link #recheck(Identity, Requirement)} does.
     * The other verifiers answer {@link Rejection#UNKNOWN} without asking a store. If several take the identity for
     * theirs, because they read tokens of one issuer, each of them has to accept it.
     *
     * @param all the verifiers; one of them has accepted the identity
     * @param identity as {@link #authenticate} or this method has accepted it
     * @param requirement what the identity must satisfy besides being live
     */
    static Outcome<Identity> recheckAtAny(
            Collection<? extends Verifier> all, Identity identity, Requirement requirement) {
        Outcome<Identity> unknown = Outcome.rejected(Rejection.UNKNOWN);
        List<Outcome<Identity>> answers = all.stream()
                .map(verifier -> verifier.recheck(identity, requirement))
                .filter(outcome -> !outcome.equals(unknown))
                .toList();
        return answers.stream()
                .filter(outcome -> outcome.rejection().isPresent())
                .findFirst()
                .orElseGet(() -> answers.isEmpty() ? unknown : answers.get(0));
    }

    /**
     * Listens at several verifiers, as {@link #onEnded} does at one.
     *
     * @param all the verifiers; if this method throws, the listener is at none of them
     * @param listener may be called by several threads at once, one for each verifier
     * @return close it to stop listening
     */
    static Listening onEndedAtAny(Collection<? extends Verifier> all, Consumer<Ending> listener) {
        return JoinedListening.of(all, listener);
    }

    /** A listener at a verifier, until this is closed. */
    interface Listening extends AutoCloseable {
        /** Ends the listening. Idempotent. */
        @Override
        void close();
    }

    /**
     * The beginnings of the credentials that this verifier can read, such as {@code gs_}. {@link AnyOf} routes by them.
     *
     * @return at least one prefix; a credential with none of them is not for this verifier
     */
    Set<String> prefixes();
}
