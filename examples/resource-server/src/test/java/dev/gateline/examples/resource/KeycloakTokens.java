package dev.gateline.examples.resource;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * Tokens in the shape that Keycloak documents, and a server of the key that signs them.
 *
 * @param server of the key
 * @param key that signs
 */
record KeycloakTokens(HttpServer server, KeyPair key) {

    static KeycloakTokens start() throws IOException {
        KeyPair key = Jwts.SIG.RS256.keyPair().build();
        String jwk = Jwks.UNSAFE_JSON(Jwks.builder()
                .key((java.security.interfaces.RSAPublicKey) key.getPublic())
                .id("k1")
                .build());
        return new KeycloakTokens(LocalProvider.publish(0, "{\"keys\":[" + jwk + "]}"), key);
    }

    String accessToken(Instant now) {
        return token(now)
                .claim("typ", "Bearer")
                .audience()
                .add(List.of("park-api", "account"))
                .and()
                .claim("scope", "openid rides:write")
                .claim("realm_access", Map.of("roles", List.of("keeper")))
                .compact();
    }

    String idToken(Instant now) {
        return token(now)
                .claim("typ", "ID")
                .audience()
                .add("park-api")
                .and()
                .claim("nonce", "n")
                .compact();
    }

    private JwtBuilder token(Instant now) {
        return Jwts.builder()
                .header()
                .type("JWT")
                .keyId("k1")
                .and()
                .issuer(LocalProvider.issuer(server))
                .subject("f1c4f64e-2c0c-4cda")
                .id("onrtac:3ff4a3e3-6a4c")
                .claim("azp", "web")
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plusSeconds(300)))
                .signWith(key.getPrivate(), Jwts.SIG.RS256);
    }
}
