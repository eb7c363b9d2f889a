package dev.gateline.examples.parkgate;

import java.io.Serial;

/** A request that can't be read. */
final class BadRequestException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String text;

    BadRequestException(int status, String text) {
        super(status + " " + text);
        this.status = status;
        this.text = text;
    }

    /** For the answer: 4xx. */
    int status() {
        return status;
    }

    /** For the client. */
    String text() {
        return text;
    }
}
