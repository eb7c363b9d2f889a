package dev.gateline;

import java.util.Set;

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
    Outcome<Identity> authenticate(Credential credential, Requirement requirement);

    /**
     * The beginnings of the credentials that this verifier can read, such as {@code gs_}. {@link AnyOf} routes by them.
     *
     * @return at least one prefix; a credential with none of them is not for this verifier
     */
    Set<String> prefixes();
}
