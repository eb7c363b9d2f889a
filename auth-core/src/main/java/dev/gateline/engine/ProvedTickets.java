package dev.gateline.engine;

import dev.gateline.Credential;
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
     * The number of places in which a ticket may be. If 1,000 tickets are in use, about 60 of them displace each other
     * all the time with one place for each, and 10 with two.
     */
    private static final int WAYS = 4;

    private final AtomicReferenceArray<@Nullable PresentedTicket> places = new AtomicReferenceArray<>(1 << PLACE_BITS);
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
        int place = placeOf(presented);
        for (int i = place; i < place + WAYS; i++) {
            PresentedTicket seen = places.get(i);
            if (seen != null && seen.ticket().isReadFrom(presented.reveal())) {
                return seen;
            }
        }
        return Ticket.parse(prefix, presented).map(PresentedTicket::new).orElse(null);
    }

    /** Remembers a ticket that came from {@link #parse} and has proved to be a current one. */
    void remember(PresentedTicket proved) {
        Credential credential = proved.ticket().credential();
        int place = placeOf(credential);
        for (int i = place; i < place + WAYS; i++) {
            PresentedTicket seen = places.get(i);
            if (seen == proved || (seen != null && seen.ticket().isReadFrom(credential.reveal()))) {
                return;
            }
        }
        for (int i = place + WAYS - 1; i > place; i--) {
            places.lazySet(i, places.get(i - 1));
        }
        places.lazySet(place, proved);
    }

    /** The first of the places for a ticket, which follows from some random characters of the login's id. */
    private static int placeOf(Credential ticket) {
        String text = ticket.reveal();
        long random = 0;
        for (int i = Ticket.PREFIX_LENGTH; i < Ticket.PREFIX_LENGTH + Long.BYTES; i++) {
            random = random << Byte.SIZE | text.charAt(i);
        }
        return (int) ((random * 0x9e3779b97f4a7c15L) >>> (Long.SIZE - PLACE_BITS)) & -WAYS;
    }
}
