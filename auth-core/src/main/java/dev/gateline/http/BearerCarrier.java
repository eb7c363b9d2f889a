package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The {@code Authorization: Bearer} header (RFC 6750), for clients that are programs. For a renewal they send the
 * renewal credential in that header. The response's body contains the grant, in the form of RFC 6749 section 5.1.
 * Credentials in the query or in a form are not read. Immutable.
 */
public final class BearerCarrier extends Carrier {
    private static final String SCHEME = "Bearer";

    private BearerCarrier() {}

    /** Returns the carrier, which has no settings. */
    public static BearerCarrier create() {
        return new BearerCarrier();
    }

    @Override
    Lane lane() {
        return Lane.BEARER;
    }

    @Override
    Presented read(Exchange exchange) {
        List<String> lines = exchange.headers("Authorization");
        if (lines.isEmpty()) {
            return Presented.NOTHING;
        }
        if (lines.size() > 1) {
            return Presented.flawed(Rejection.AMBIGUOUS);
        }
        String line = lines.get(0);
        boolean bearer = line.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (!bearer || (line.length() > SCHEME.length() && Character.isLetterOrDigit(line.charAt(SCHEME.length())))) {
            return Presented.NOTHING;
        }
        return credential(line);
    }

    private static Presented credential(String line) {
        int start = SCHEME.length();
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        if (line.length() - start > Credential.MAX_LENGTH) {
            return Presented.flawed(Rejection.TOO_LARGE);
        }
        boolean separated = start > SCHEME.length() && start < line.length();
        if (!separated || !line.chars().skip(start).allMatch(c -> c > 0x20 && c < 0x7f)) {
            return Presented.flawed(Rejection.MALFORMED);
        }
        return Presented.one(Credential.of(line.substring(start)));
    }

    @Override
    boolean suits(Exchange exchange) {
        return true;
    }

    /** Accepts every grant, because a body has room for every credential that an authenticator makes. */
    @Override
    void checkFits(Grant grant) {
        token68(grant.access());
        token68(grant.renewal());
    }

    /** Writes the grant into the body, which has room for every credential. */
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
    void clearOtherForms(Exchange exchange, List<Origin> origins) {}

    @Override
    String varies() {
        return "Authorization";
    }

    @Override
    String challenge() {
        return SCHEME;
    }
}
