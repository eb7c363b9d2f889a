package dev.gateline.spring.security;

import dev.gateline.Rejection;
import dev.gateline.http.HttpAuth;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.RequestDispatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.HttpBasicConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.annotation.web.configurers.X509Configurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Makes a chain of Spring Security keep its logins in Gateline: {@code http.with(GatelineConfigurer.gateline(), …)}.
 * A user whom a form login verifies gets a login of Gateline, with its cookie, its rotation and its limits; each
 * request has the user of that login; a logout ends it. No HTTP session holds a user, and Gateline's guard against
 * other sites takes the place of Spring's CSRF tokens. {@code GatelineFilter} runs before this chain, as the starter
 * arranges.
 *
 * <p>Not thread-safe, as all configurers.
 */
public final class GatelineConfigurer extends AbstractHttpConfigurer<GatelineConfigurer, HttpSecurity> {
    private List<String> loginPaths = List.of("/login");
    private String nameParameter = "username";
    private boolean keepsCsrf;
    private boolean keepsSuccessHandler;

    private GatelineConfigurer() {}

    /** For {@code http.with}. */
    public static GatelineConfigurer gateline() {
        return new GatelineConfigurer();
    }

    /**
     * Names the paths to which forms with passwords are posted. Before anybody looks at the password, a form that
     * another site made a browser send is refused, and so is one after too many failures if a throttle is wired.
     *
     * @param paths patterns of Spring's {@code PathPattern}; default: {@code /login}
     */
    public GatelineConfigurer loginPaths(String... paths) {
        loginPaths = List.of(paths);
        return this;
    }

    /**
     * Names the parameter by which failures are counted. The failures of a form without this parameter are not counted.
     *
     * @param name default: {@code username}
     */
    public GatelineConfigurer nameParameter(String name) {
        nameParameter = name;
        return this;
    }

    /** Leaves Spring's CSRF tokens in place, beside Gateline's guard. */
    public GatelineConfigurer keepCsrf() {
        keepsCsrf = true;
        return this;
    }

    /** Leaves the success handler of the form login to the application. */
    public GatelineConfigurer keepSuccessHandler() {
        keepsSuccessHandler = true;
        return this;
    }

    /** Spring's own configurers share their parts as they are initialized, before this one is. */
    @Override
    public void setBuilder(HttpSecurity http) {
        super.setBuilder(http);
        StartLogin start = new StartLogin(bean(http, LoginOfUser.class).orElseGet(LoginOfUser::byAuthorities));
        http.sessionManagement(sessions ->
                sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS).sessionAuthenticationStrategy(start));
        http.exceptionHandling(errors -> {
            errors.authenticationEntryPoint(refusing());
            Stream.of(
                            FactorGrantedAuthority.PASSWORD_AUTHORITY,
                            FactorGrantedAuthority.OTT_AUTHORITY,
                            FactorGrantedAuthority.WEBAUTHN_AUTHORITY)
                    .forEach(factor -> errors.defaultDeniedHandlerForMissingAuthority(insufficient(), factor));
        });
    }

    @Override
    @SuppressWarnings("unchecked") // a chain has these of no other type
    public void init(HttpSecurity http) {
        FormLoginConfigurer<HttpSecurity> form = http.getConfigurer(FormLoginConfigurer.class);
        if (form != null && !keepsSuccessHandler) {
            form.successHandler(new LoginAnswer());
        }
        LogoutConfigurer<HttpSecurity> logout = http.getConfigurer(LogoutConfigurer.class);
        if (logout != null) {
            logout.addLogoutHandler(new EndLogin());
        }
        if (!keepsCsrf && !hasCredentialsThatOnlySpringKnows(http)) {
            http.csrf(csrf -> csrf.disable());
        }
    }

    /** Browsers send these by themselves, and Gateline's guard looks at its own credentials only. */
    @SuppressWarnings("unchecked") // a chain has these of no other type
    private static boolean hasCredentialsThatOnlySpringKnows(HttpSecurity http) {
        return http.getConfigurer(HttpBasicConfigurer.class) != null
                || http.getConfigurer(X509Configurer.class) != null;
    }

    /** An error page that a stranger may not see leaves the error as it is. */
    private static AuthenticationEntryPoint refusing() {
        return (request, response, reason) -> {
            if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status) {
                response.setStatus(status);
            } else {
                ServletAuth door = ServletAuth.of(request);
                door.refuse(door.outcome().rejection().orElse(Rejection.INSUFFICIENT));
            }
        };
    }

    private static AuthenticationEntryPoint insufficient() {
        return (request, response, reason) -> ServletAuth.of(request).refuse(Rejection.INSUFFICIENT);
    }

    @Override
    public void configure(HttpSecurity http) {
        boolean counts =
                bean(http, HttpAuth.class).filter(HttpAuth::hasThrottle).isPresent();
        http.addFilterBefore(new LoginGuard(logins(), nameParameter, counts), LogoutFilter.class);
        http.addFilterBefore(new IdentityFilter(getSecurityContextHolderStrategy()), LogoutFilter.class);
    }

    private RequestMatcher logins() {
        List<RequestMatcher> matchers = loginPaths.stream()
                .map(path -> (RequestMatcher) getRequestMatcherBuilder().matcher(HttpMethod.POST, path))
                .toList();
        return new OrRequestMatcher(matchers);
    }

    private static <T> Optional<T> bean(HttpSecurity http, Class<T> type) {
        ObjectProvider<T> provider =
                http.getSharedObject(ApplicationContext.class).getBeanProvider(ResolvableType.forClass(type));
        return Optional.ofNullable(provider.getIfAvailable());
    }
}
