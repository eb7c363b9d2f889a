package dev.gateline.engine;

import dev.gateline.Credential;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that were proved lately, so that tickets in use are not read and hashed each time. The cache saves work and
 * decides nothing, because the caller compares the digest of a cached ticket with the row's, as with any other ticket.
 * The cache holds the secrets of a bounded number of tickets, each until another ticket needs its place. Thread-safe.
 */
final class ProvedTickets {
    private static final int PLACE_BITS = 14;

    /**
     * The number of places in which a ticket may be, whose tags are next to each other in memory. If 10,000 tickets are
     * in use, 13 of 100 have neighbours for which there is no place. With four places, 23 have.
     */
    private static final int WAYS = 8;

    private final AtomicReferenceArray<@Nullable PresentedTicket> places = new AtomicReferenceArray<>(1 << PLACE_BITS);

    /** The tags of the tickets in the places, so that other tickets in them need not be read from memory. */
    private final AtomicLongArray tags = new AtomicLongArray(1 << PLACE_BITS);

    private final String prefix;

    ProvedTickets(String prefix) {
        this.prefix = prefix;
    }

    /** Reads what a client presented; null if it has not the form of a ticket of this kind. */
    @Nullable
    PresentedTicket parse(Credential presented) {
        if (presented.reveal().length() != Ticket.LENGTH) {
            return null;
        }
        PresentedTicket seen = find(presented.reveal());
        return seen != null
                ? seen
                : Ticket.parse(prefix, presented).map(PresentedTicket::new).orElse(null);
    }

    private @Nullable PresentedTicket find(String text) {
        long tag = tagOf(text);
        int place = placeOf(tag);
        for (int i = place; i < place + WAYS; i++) {
            PresentedTicket seen = tags.get(i) == tag ? places.get(i) : null;
            if (seen != null && seen.ticket().isReadFrom(text)) {
                return seen;
            }
        }
        return null;
    }

    /** Remembers a ticket that came from {@link #parse} and has proved to be a current one. */
    void remember(PresentedTicket proved) {
        String text = proved.ticket().credential().reveal();
        long tag = tagOf(text);
        int first = placeOf(tag);
        for (int i = first; i < first + WAYS; i++) {
            if (places.get(i) == proved) {
                return;
            }
        }
        if (find(text) == null) {
            int place = first + ThreadLocalRandom.current().nextInt(WAYS);
            places.lazySet(place, proved);
            tags.lazySet(place, tag);
        }
    }

    /** Some random characters of the login's id, which are no secret. */
    private static long tagOf(String ticket) {
        long random = 0;
        for (int i = Ticket.PREFIX_LENGTH; i < Ticket.PREFIX_LENGTH + Long.BYTES; i++) {
            random = random << Byte.SIZE | ticket.charAt(i);
        }
        return random;
    }

    /** The first of the places for a ticket. */
    private static int placeOf(long tag) {
        return (int) ((tag * 0x9e3779b97f4a7c15L) >>> (Long.SIZE - PLACE_BITS)) & -WAYS;
    }
}
