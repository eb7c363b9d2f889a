package dev.gateline.applications.springsession;

import dev.gateline.applications.Users;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authorization.AuthorizationManagerFactories;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pages with Spring Security, whose sessions Spring Session keeps. */
@SpringBootApplication
@RestController
public class Park {
    @Autowired
    FindByIndexNameSessionRepository<? extends Session> sessions;

    public static void main(String[] args) {
        SpringApplication.run(Park.class, args);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, @Value("${park.fresh:5m}") Duration fresh) {
        AuthorizationManagerFactory<Object> again = AuthorizationManagerFactories.multiFactor()
                .requireFactor(factor -> factor.passwordAuthority().validDuration(fresh))
                .build();
        return http.formLogin(Customizer.withDefaults())
                .exceptionHandling(refusals -> refusals.defaultAuthenticationEntryPointFor(
                        new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
                        new MediaTypeRequestMatcher(MediaType.APPLICATION_JSON)))
                .authorizeHttpRequests(paths -> paths.requestMatchers("/admin")
                        .hasRole("admin")
                        .requestMatchers("/transfer")
                        .access(again.authenticated())
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Bean
    UserDetailsService users() {
        return name -> User.withUsername(name)
                .password("{noop}" + Users.PASSWORD)
                .roles(Users.roles(name).toArray(String[]::new))
                .build();
    }

    @Bean
    FilterRegistrationBean<Filter> outages() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } catch (DataAccessException e) {
                ((HttpServletResponse) response).sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        });
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
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
