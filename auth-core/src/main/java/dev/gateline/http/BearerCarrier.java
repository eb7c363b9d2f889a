package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The {@code Authorization: Bearer} header (RFC 6750), for clients that are programs. To renew, they send the renewal
 * credential in that header; grants go out in the response's body, in the form of RFC 6749 section 5.1. Credentials in
 * the query or in a form are not read. Immutable.
 */
public final class BearerCarrier extends Carrier {
    private static final String SCHEME = "Bearer";

    private BearerCarrier() {}

    /** The one there is. */
    public static BearerCarrier create() {
        return new BearerCarrier();
    }

    @Override
    Outcome<Presented> read(Exchange exchange) {
        List<String> lines = exchange.headers("Authorization");
        if (lines.isEmpty()) {
            return Outcome.accepted(Presented.NOTHING);
        }
        if (lines.size() > 1) {
            return Outcome.rejected(Rejection.AMBIGUOUS);
        }
        String line = lines.get(0);
        boolean bearer = line.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (!bearer || (line.length() > SCHEME.length() && Character.isLetterOrDigit(line.charAt(SCHEME.length())))) {
            return Outcome.accepted(Presented.NOTHING);
        }
        return credential(line);
    }

    private static Outcome<Presented> credential(String line) {
        int start = SCHEME.length();
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        if (line.length() - start > Credential.MAX_LENGTH) {
            return Outcome.rejected(Rejection.TOO_LARGE);
        }
        boolean separated = start > SCHEME.length() && start < line.length();
        if (!separated || !line.chars().skip(start).allMatch(c -> c > 0x20 && c < 0x7f)) {
            return Outcome.rejected(Rejection.MALFORMED);
        }
        return Outcome.accepted(Presented.one(Credential.of(line.substring(start))));
    }

    @Override
    boolean suits(Exchange exchange) {
        return true;
    }

    @Override
    boolean isAmbient() {
        return false;
    }

    /** A body has room for any. */
    @Override
    void check(Grant grant) {}

    @Override
    String write(Grant grant, Exchange exchange, Instant now) {
        return "{\"access_token\":\"" + token68(grant.access()) + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                + seconds(now, grant.accessExpiresAt()) + ",\"refresh_token\":\""
                + token68(grant.renewal()) + "\",\"refresh_expires_in\":" + seconds(now, grant.renewalExpiresAt())
                + "}";
    }

    static long seconds(Instant now, Instant until) {
        return Math.max(0, Duration.between(now, until).toSeconds());
    }

    @Override
    void clear(Exchange exchange) {}

    @Override
    String varies() {
        return "Authorization";
    }

    @Override
    String challenge() {
        return SCHEME;
    }
}
