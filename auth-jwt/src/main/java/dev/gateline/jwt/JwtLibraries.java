package dev.gateline.jwt;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gateline.internal.Libraries;
import io.jsonwebtoken.security.Jwks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Checks once whether jjwt and Jackson fit this module and each other. Every class with which a host may begin calls
 * it.
 */
final class JwtLibraries {
    private static final Libraries LIBRARIES = new Libraries(
            "auth-jwt needs jjwt 0.12.6 or later, its three parts in one version, and Jackson 2.15 or later, its"
                    + " parts in one"
                    + " version: import com.fasterxml.jackson:jackson-bom before other BOMs. On the module"
                    + " path it needs --add-modules com.fasterxml.jackson.databind,com.github.benmanes.caffeine.",
            List.of(
                    "io.jsonwebtoken.Jwts",
                    "io.jsonwebtoken.impl.DefaultJwtBuilder",
                    "io.jsonwebtoken.jackson.io.JacksonSerializer",
                    "com.fasterxml.jackson.core.JsonFactory",
                    "com.fasterxml.jackson.databind.ObjectMapper",
                    "com.fasterxml.jackson.annotation.JsonProperty"));

    private static volatile boolean fit;

    private JwtLibraries() {}

    /**
     * Returns at once after the first time.
     *
     * @throws IllegalStateException if they don't fit; the message says which versions are needed and which files were
     *     found
     */
    static void check() {
        if (!fit) {
            fit = LIBRARIES.start(JwtLibraries::work);
        }
    }

    private static boolean work() {
        Object jwk = new ObjectMapper().valueToTree(Map.of("kty", "oct", "k", "A".repeat(43)));
        byte[] json = jwk.toString().getBytes(StandardCharsets.UTF_8);
        String read = StrictJson.read(json).isPresent() ? new String(json, StandardCharsets.UTF_8) : "";
        String thumbprint = Jwks.parser().build().parse(read).thumbprint().toString();
        return !thumbprint.isEmpty();
    }
}
