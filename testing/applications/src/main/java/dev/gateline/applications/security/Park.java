package dev.gateline.applications.security;

import dev.gateline.Identity;
import dev.gateline.LoginInfo;
import dev.gateline.Logins;
import dev.gateline.applications.Users;
import dev.gateline.spring.RequireLogin;
import dev.gateline.spring.security.GatelineConfigurer;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pages with Spring Security, whose logins Gateline keeps. */
@SpringBootApplication
@RestController
public class Park {
    @Autowired
    Logins logins;

    public static void main(String[] args) {
        SpringApplication.run(Park.class, args);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        return http.with(GatelineConfigurer.gateline(), Customizer.withDefaults())
                .formLogin(Customizer.withDefaults())
                .authorizeHttpRequests(paths -> paths.requestMatchers("/admin")
                        .hasRole("admin")
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

    @GetMapping("/me")
    String me(Identity user) {
        return "hello " + user.subject();
    }

    @GetMapping("/admin")
    String admin() {
        return "the keys of the park";
    }

    @RequireLogin(within = "${park.fresh:5m}")
    @PostMapping("/transfer")
    String transfer() {
        return "done";
    }

    @GetMapping("/devices")
    List<Instant> devices(Identity user) {
        return logins.of(user.subject()).stream().map(LoginInfo::startedAt).toList();
    }

    @PostMapping("/logout-everywhere")
    void everywhere(Identity user) {
        logins.endAll(user.subject());
    }
}
