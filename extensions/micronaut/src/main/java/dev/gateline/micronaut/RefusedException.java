package dev.gateline.micronaut;

import dev.gateline.Rejection;
import dev.gateline.Requirement;

/** A request that is refused, on its way to the handler that answers it. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection reason;
    private final transient Requirement requirement;

    RefusedException(Rejection reason, Requirement requirement) {
        super("the request is refused", null, false, false);
        this.reason = reason;
        this.requirement = requirement;
    }

    Rejection reason() {
        return reason;
    }

    Requirement requirement() {
        return requirement;
    }
}
