package dev.gateline.jwt;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys of an issuer by its metadata, which must name exactly this issuer: RFC 8414 section 3 first, then
 * OpenID Connect Discovery section 4, or the one address that was wired.
 *
 * @param metadata the address of the metadata; null for the address that the issuer's name leads to
 * @param jwks the address of the keys; null for the address in the metadata
 */
record Discovery(
        RemoteDocument documents,
        TrustedAddresses addresses,
        String issuer,
        @Nullable URI metadata,
        @Nullable URI jwks) implements JwksSource {
    private static final int MAX_VALUES = 2_000;

    @Override
    public KeySet fetch() {
        return KeySet.read(documents.get(addresses.check(jwksAddress())));
    }

    @Override
    public void close() {
        documents.close();
    }

    private URI jwksAddress() {
        List<String> failures = new ArrayList<>();
        for (URI place : places()) {
            try {
                return jwksAddress(place);
            } catch (IllegalStateException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IllegalStateException("no metadata of the issuer " + issuer + ": " + String.join("; ", failures));
    }

    private List<URI> places() {
        if (metadata != null) {
            return List.of(metadata);
        }
        URI uri = URI.create(issuer);
        String path = withoutSlash(uri.getRawPath());
        String root = uri.getScheme() + "://" + uri.getRawAuthority();
        return List.of(
                URI.create(root + "/.well-known/oauth-authorization-server" + path),
                URI.create(root + path + "/.well-known/openid-configuration"));
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private URI jwksAddress(URI place) {
        Map<String, @Nullable Object> members = StrictJson.read(documents.get(place), MAX_VALUES)
                .orElseThrow(() -> new IllegalStateException(TrustedAddresses.shown(place) + " is no JSON object"));
        checkIssuer(place, members.get("issuer"));
        if (jwks != null) {
            return jwks;
        }
        if (!(members.get("jwks_uri") instanceof String address)) {
            throw new IllegalStateException(TrustedAddresses.shown(place) + " names no jwks_uri");
        }
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(TrustedAddresses.shown(place) + " names a jwks_uri that is no address", e);
        }
    }

    private void checkIssuer(URI place, @Nullable Object found) {
        if (issuer.equals(found)) {
            return;
        }
        if (!(found instanceof String other)) {
            throw new IllegalStateException(TrustedAddresses.shown(place) + " names no issuer");
        }
        boolean slash = withoutSlash(issuer).equals(withoutSlash(other));
        throw new IllegalStateException(TrustedAddresses.shown(place) + " names the issuer " + JwkReader.shown(other)
                + (slash ? ", which differs by the slash at its end" : "")
                + "; if tokens have that in iss, wire that");
    }
}
