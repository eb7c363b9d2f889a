package dev.gateline.spring.security;

import dev.gateline.Login;
import dev.gateline.LoginBuilder;
import java.util.List;
import org.springframework.security.core.Authentication;

/**
 * Says what login a user gets whom Spring Security has verified. Declare a bean of this type to change it. Must be
 * thread-safe.
 */
@FunctionalInterface
public interface LoginOfUser {

    /**
     * Makes a login of an authentication.
     *
     * @param user verified just now
     */
    Login login(Authentication user);

    /**
     * The name as the subject, the roles in {@code roles}, the scopes in {@code scope}, and the factors as the methods.
     */
    static LoginOfUser byAuthorities() {
        return user -> {
            LoginBuilder login = Login.builder(user.getName())
                    .methods(Authorities.methods(user.getAuthorities()).toArray(String[]::new));
            List<String> roles = Authorities.roles(user.getAuthorities());
            List<String> scopes = Authorities.scopes(user.getAuthorities());
            if (!roles.isEmpty()) {
                login.claim("roles", roles);
            }
            if (!scopes.isEmpty()) {
                login.claim("scope", String.join(" ", scopes));
            }
            return login.build();
        };
    }
}
