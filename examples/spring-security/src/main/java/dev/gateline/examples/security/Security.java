package dev.gateline.examples.security;

import dev.gateline.spring.security.GatelineConfigurer;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** A chain as in any application with Spring Security, and the one line that makes its logins Gateline's. */
@Configuration
@EnableMethodSecurity
class Security {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        return http.with(GatelineConfigurer.gateline(), gateline -> gateline.nameParameter("user"))
                .formLogin(form -> form.usernameParameter("user").permitAll())
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Bean
    PasswordEncoder passwords() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    UserDetailsService users(PasswordEncoder passwords) {
        return new InMemoryUserDetailsManager(
                User.withUsername("ada")
                        .password(passwords.encode("lovelace"))
                        .roles("keeper")
                        .build(),
                User.withUsername("grace")
                        .password(passwords.encode("hopper"))
                        .roles("visitor")
                        .build());
    }
}
