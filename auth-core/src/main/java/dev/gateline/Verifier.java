package dev.gateline;

import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Answers who presents a credential. A resource server that only reads credentials issued elsewhere needs no more than
 * this. Implementations are thread-safe.
 */
public interface Verifier {

    /**
     * Who presents this? The hot path.
     *
     * @param credential what the client sent, of any content: bad input is a {@link Rejection}, never an exception
     * @return the identity, proven as of now, or the reason why not
     * @throws AuthUnavailableException if a store that is needed for the answer can't give it
     */
    default Outcome<Identity> authenticate(Credential credential) {
        return authenticate(credential, Requirement.none());
    }

    /**
     * Who presents this, and is the proof strong, fresh or authoritative enough for what is about to happen?
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
     * Who presents this, as {@link #authenticate(Credential, Requirement)}, saying whether the user has a part in the
     * request.
     *
     * @param credential what the client sent, of any content
     * @param requirement what the identity must satisfy besides being live
     * @param activity whether the request puts off the idle timeout, where a request does
     */
    Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity);

    /** Whether an identity that was proved before is still live, as {@link #recheck(Identity, Requirement)}. */
    default Outcome<Identity> recheck(Identity identity) {
        return recheck(identity, Requirement.none());
    }

    /**
     * Whether the login of an identity that was proved before is still live, and its proof still good enough: for
     * streams that stay open long after their credential was proved. A step-up ends the identities from before it,
     * because a stream may be a thief's: who has the new credentials opens it again. The revocation of one token is no
     * end of its login, nor of a stream. Answers from memory where {@link #authenticate} does. It is no use of the
     * login, puts off no timeout and is never taken for theft; a rejection is no {@link AuthEvent}.
     *
     * @param identity as {@link #authenticate} or this has accepted it
     * @param requirement what the identity must satisfy besides being live
     * @return the identity as it is now, with newer claims if a renewal brought any; {@link Rejection#REVOKED} for one
     *     from before a step-up, or of a login that has ended; a verifier that only reads tokens knows no more than the
     *     token, and rejects an identity once that has expired. {@link Rejection#UNKNOWN} for a login of somebody
     *     else's, or one that is gone
     * @throws AuthUnavailableException if a store that is needed for the answer can't give it
     */
    Outcome<Identity> recheck(Identity identity, Requirement requirement);

    /**
     * Tells of each login that ends before its time, and of each step-up, at whatever node, so that streams of it can
     * be closed. Milliseconds later as a rule. After a gap, in which this node could not hear of any,
     * {@link Ending.OfSome} is told. An ending may be told twice, and those of single logins are told of all that share
     * the storage. Nobody is told that a login expires: recheck now and then.
     *
     * @param listener called by one thread at a time, which is its own; what it throws is logged
     * @return to be closed by whoever does not want to hear any more
     */
    Listening onEnded(Consumer<Ending> listener);

    /**
     * As {@link #recheck(Identity, Requirement)}, for an identity of one of several verifiers: those of others are
     * {@link Rejection#UNKNOWN} to a verifier, which asks nobody for that.
     *
     * @param all one of which has accepted the identity
     * @param identity as {@link #authenticate} or this has accepted it
     * @param requirement what the identity must satisfy besides being live
     */
    static Outcome<Identity> recheckAtAny(
            Collection<? extends Verifier> all, Identity identity, Requirement requirement) {
        return all.stream()
                .map(verifier -> verifier.recheck(identity, requirement))
                .filter(outcome -> !outcome.equals(Outcome.rejected(Rejection.UNKNOWN)))
                .findFirst()
                .orElse(Outcome.rejected(Rejection.UNKNOWN));
    }

    /**
     * As {@link #onEnded}, at each of several verifiers.
     *
     * @param all listened to at all of them, or at none if this throws
     * @param listener may be called by several threads at once, one for each verifier
     * @return to be closed by whoever does not want to hear any more
     */
    static Listening onEndedAtAny(Collection<? extends Verifier> all, Consumer<Ending> listener) {
        return JoinedListening.of(all, listener);
    }

    /** Somebody listens, until this is closed. */
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
