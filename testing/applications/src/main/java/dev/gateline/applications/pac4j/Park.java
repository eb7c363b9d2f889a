package dev.gateline.applications.pac4j;

import dev.gateline.applications.Users;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pac4j.core.authorization.authorizer.DefaultAuthorizers;
import org.pac4j.core.authorization.authorizer.RequireAnyRoleAuthorizer;
import org.pac4j.core.config.Config;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.credentials.UsernamePasswordCredentials;
import org.pac4j.core.exception.CredentialsException;
import org.pac4j.core.matching.matcher.PathMatcher;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.http.client.indirect.FormClient;
import org.pac4j.jee.filter.CallbackFilter;
import org.pac4j.jee.filter.SecurityFilter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pages with pac4j, whose sessions Spring Session keeps. */
@SpringBootApplication
@RestController
public class Park {
    @Autowired
    FindByIndexNameSessionRepository<? extends Session> sessions;

    public static void main(String[] args) {
        SpringApplication.run(Park.class, args);
    }

    @Bean
    Config config(@Value("${park.fresh:5m}") Duration fresh) {
        Config config = new Config("/login", new FormClient("/login", Park::authenticate));
        config.addAuthorizer("admin", new RequireAnyRoleAuthorizer("admin"));
        config.addAuthorizer(
                "recent",
                (context, store, profiles) -> profiles.stream()
                        .map(user -> (Instant) user.getAttribute("proved"))
                        .anyMatch(proved -> proved.plus(fresh).isAfter(Instant.now())));
        config.addMatcher("protected", new PathMatcher().excludePath("/login"));
        return config;
    }

    private static Optional<Credentials> authenticate(CallContext call, Credentials given) {
        UsernamePasswordCredentials typed = (UsernamePasswordCredentials) given;
        if (!Users.isPassword(typed.getUsername(), typed.getPassword())) {
            throw new CredentialsException("wrong");
        }
        CommonProfile user = new CommonProfile();
        user.setId(typed.getUsername());
        user.addRoles(Users.roles(typed.getUsername()));
        user.addAttribute("proved", Instant.now());
        given.setUserProfile(user);
        call.sessionStore()
                .set(
                        call.webContext(),
                        FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                        typed.getUsername());
        return Optional.of(given);
    }

    @Bean
    FilterRegistrationBean<Filter> login(Config config) {
        CallbackFilter callback = new CallbackFilter(config, "/me");
        callback.setDefaultClient("FormClient");
        return at("/login", callback, 1);
    }

    @Bean
    FilterRegistrationBean<Filter> everyPage(Config config) {
        return at("/*", new SecurityFilter(config, "FormClient", DefaultAuthorizers.NONE, "protected"), 2);
    }

    @Bean
    FilterRegistrationBean<Filter> administration(Config config) {
        return at("/admin", new SecurityFilter(config, "FormClient", "admin"), 3);
    }

    @Bean
    FilterRegistrationBean<Filter> recently(Config config) {
        return at("/transfer", new SecurityFilter(config, "FormClient", "recent"), 4);
    }

    private static FilterRegistrationBean<Filter> at(String path, Filter filter, int order) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns(path);
        registration.setOrder(order);
        return registration;
    }

    @Bean
    FilterRegistrationBean<Filter> outages() {
        Filter filter = (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } catch (DataAccessException e) {
                ((HttpServletResponse) response).sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        };
        return at("/*", filter, Ordered.HIGHEST_PRECEDENCE);
    }

    @GetMapping("/me")
    String me(Principal user) {
        return "hello " + user.getName();
    }

    @GetMapping("/admin")
    String admin() {
        return "the keys of the park";
    }

    @PostMapping("/transfer")
    String transfer() {
        return "done";
    }

    @GetMapping("/devices")
    List<Instant> devices(Principal user) {
        return sessions.findByPrincipalName(user.getName()).values().stream()
                .map(Session::getCreationTime)
                .toList();
    }

    @PostMapping("/logout-everywhere")
    void everywhere(Principal user) {
        sessions.findByPrincipalName(user.getName()).keySet().forEach(sessions::deleteById);
    }
}
