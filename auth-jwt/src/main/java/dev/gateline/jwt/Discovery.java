package dev.gateline.jwt;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the keys of an issuer by its metadata: RFC 8414 section 3 first, then OpenID Connect Discovery section 4. */
final class Discovery implements RemoteKeys.Source {
    private static final int MAX_VALUES = 2_000;

    private final RemoteDocument documents;
    private final String issuer;

    Discovery(RemoteDocument documents, String issuer) {
        this.documents = documents;
        this.issuer = issuer;
    }

    @Override
    public KeySet fetch() {
        URI jwks = places().stream()
                .flatMap(place -> jwksUri(place).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no metadata that names this issuer and its keys"));
        documents.checkAddress(jwks);
        return KeySet.read(documents.get(jwks));
    }

    private List<URI> places() {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath().endsWith("/")
                ? uri.getRawPath().substring(0, uri.getRawPath().length() - 1)
                : uri.getRawPath();
        String root = uri.getScheme() + "://" + uri.getRawAuthority();
        return List.of(
                URI.create(root + "/.well-known/oauth-authorization-server" + path),
                URI.create(root + path + "/.well-known/openid-configuration"));
    }

    private Optional<URI> jwksUri(URI place) {
        return metadata(place)
                .filter(members -> issuer.equals(members.get("issuer")))
                .filter(members -> members.get("jwks_uri") instanceof String)
                .map(members -> URI.create(String.valueOf(members.get("jwks_uri"))));
    }

    /** Not there is no failure: there are two places to look. */
    private Optional<Map<String, @Nullable Object>> metadata(URI place) {
        try {
            return StrictJson.read(documents.get(place), MAX_VALUES);
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }
}
