package dev.gateline.examples.parkgate;

import java.io.Serial;

/** More work is under way than this gate can do; the same may be asked again in a moment. */
final class BusyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BusyException() {
        super("busy");
    }
}
