package dev.gateline;

import java.io.Serial;

/** A credential that would be larger than its carrier, or its reader, allows. */
public final class GrantTooLargeException extends LoginRefusedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int size;
    private final int limit;

    /**
     * A refusal.
     *
     * @param what the thing that is too large, with its unit and without a secret
     * @param size the size that it would have
     * @param limit inclusive
     */
    public GrantTooLargeException(String what, int size, int limit) {
        super(what + ": would take " + size + ", at most " + limit + "; give the login fewer or smaller claims");
        this.size = size;
        this.limit = limit;
    }

    /** The size that the credential would have, in characters or bytes. */
    public int size() {
        return size;
    }

    /** The greatest permitted size, inclusive. */
    public int limit() {
        return limit;
    }
}
