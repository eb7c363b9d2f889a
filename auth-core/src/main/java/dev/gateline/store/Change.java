package dev.gateline.store;

import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.internal.Micros;
import dev.gateline.store.Revocation.Grain;
import java.util.Arrays;
import java.util.Optional;

/**
 * A change in a shared storage of which other nodes may have a copy. It contains no secret and no digest. Immutable.
 */
public sealed interface Change {

    /**
     * A row was replaced.
     *
     * @param id the id of the login
     */
    record OfRow(LoginId id) implements Change {}

    /**
     * A token, a login or a group of logins was revoked.
     *
     * @param revocation the revocation, with the epoch and the time that the store gave it
     */
    record OfRevocation(Revocation revocation) implements Change {}

    /**
     * The document of a key ring was replaced.
     *
     * @param name the name of the ring, 1 to 40 visible ASCII characters
     */
    record OfKeyRing(String name) implements Change {

        /** Checks the name. */
        public OfKeyRing {
            if (!name.matches("[\\x21-\\x7e]{1,40}")) {
                throw new IllegalArgumentException("name of a key ring: 1 to 40 visible ASCII characters, was " + name);
            }
        }
    }

    /**
     * Writes the change as one line of text, for feeds that carry text.
     *
     * @return at most 400 characters
     */
    default String write() {
        if (this instanceof OfRow row) {
            return "ROW " + row.id();
        }
        if (this instanceof OfKeyRing ring) {
            return "RING " + ring.name();
        }
        Revocation it = ((OfRevocation) this).revocation();
        return grain(it) + ' ' + it.epoch() + ' ' + Micros.of(it.until()) + ' ' + it.key();
    }

    private static String grain(Revocation it) {
        String grain = it.grain().name();
        return it.reason() == EndReason.UNKNOWN ? grain : grain + '/' + it.reason();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is another text, which the message does not quote
     */
    static Change read(String written) {
        try {
            if (written.startsWith("ROW ")) {
                return new OfRow(new LoginId(written.substring(4)));
            }
            if (written.startsWith("RING ")) {
                return new OfKeyRing(written.substring(5));
            }
            String[] revocation = written.split(" ", 4);
            String[] why = revocation[0].split("/", 2);
            Grain grain = named(Grain.values(), why[0]).orElseThrow();
            return new OfRevocation(new Revocation(
                    grain,
                    revocation[3],
                    Long.parseLong(revocation[1]),
                    Micros.instant(Long.parseLong(revocation[2])),
                    named(EndReason.values(), why[why.length - 1]).orElse(EndReason.UNKNOWN)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a change of a login, of revocations or of a key ring");
        }
    }

    private static <E extends Enum<E>> Optional<E> named(E[] all, String name) {
        return Arrays.stream(all).filter(each -> each.name().equals(name)).findFirst();
    }
}
