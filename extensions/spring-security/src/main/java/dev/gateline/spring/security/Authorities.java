package dev.gateline.spring.security;

import dev.gateline.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Translates between the claims and methods of a login and the authorities of Spring Security. */
final class Authorities {
    private static final String ROLE = "ROLE_";
    private static final String SCOPE = "SCOPE_";
    private static final String FACTOR = "FACTOR_";

    /** Values of RFC 8176, and the factors that Spring Security has for them. */
    private static final Map<String, String> FACTORS = Map.of(
            "pwd", FactorGrantedAuthority.PASSWORD_AUTHORITY,
            "otp", FactorGrantedAuthority.OTT_AUTHORITY,
            "hwk", FactorGrantedAuthority.WEBAUTHN_AUTHORITY,
            "swk", FactorGrantedAuthority.WEBAUTHN_AUTHORITY);

    private static final Map<String, String> METHODS = Map.of(
            FactorGrantedAuthority.PASSWORD_AUTHORITY, "pwd",
            FactorGrantedAuthority.OTT_AUTHORITY, "otp",
            FactorGrantedAuthority.WEBAUTHN_AUTHORITY, "hwk");

    private Authorities() {}

    static Collection<GrantedAuthority> of(Identity identity) {
        Stream<GrantedAuthority> roles =
                identity.roles().stream().map(role -> new SimpleGrantedAuthority(prefixed(ROLE, role)));
        Stream<GrantedAuthority> scopes =
                identity.scopes().stream().map(scope -> new SimpleGrantedAuthority(SCOPE + scope));
        return Stream.of(roles, scopes, factors(identity)).flatMap(all -> all).toList();
    }

    /** A role that has the prefix already has it once. */
    private static String prefixed(String prefix, String name) {
        return name.startsWith(prefix) ? name : prefix + name;
    }

    /** Of a proof at an unknown time none is fresh: Spring Security would take it for one that was made just now. */
    private static Stream<GrantedAuthority> factors(Identity identity) {
        if (identity.authenticatedAt().equals(Instant.EPOCH)) {
            return Stream.empty();
        }
        return identity.methods().stream()
                .map(Authorities::factor)
                .distinct()
                .map(factor -> FactorGrantedAuthority.withAuthority(factor)
                        .issuedAt(identity.authenticatedAt())
                        .build());
    }

    private static String factor(String method) {
        return Optional.ofNullable(FACTORS.get(method)).orElseGet(() -> FACTOR + method.toUpperCase(Locale.ROOT));
    }

    static List<String> roles(Collection<? extends GrantedAuthority> authorities) {
        return without(ROLE, authorities);
    }

    static List<String> scopes(Collection<? extends GrantedAuthority> authorities) {
        return without(SCOPE, authorities);
    }

    /** The methods of the factors that a user has just proved, each of them once. */
    static List<String> methods(Collection<? extends GrantedAuthority> authorities) {
        List<String> methods = new ArrayList<>();
        for (String factor : without(FACTOR, authorities)) {
            String known = METHODS.get(FACTOR + factor);
            methods.add(known == null ? factor.toLowerCase(Locale.ROOT) : known);
        }
        return methods.stream().distinct().toList();
    }

    private static List<String> without(String prefix, Collection<? extends GrantedAuthority> authorities) {
        return authorities.stream()
                .map(authority -> String.valueOf(authority.getAuthority()))
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }
}
