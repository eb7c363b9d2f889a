package dev.gateline.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code DataSource} in which logins are kept, where that is another than the application's own: a pool of
 * their own, say, so that a page that holds a connection never waits for a second one. Declare it with
 * {@code @Bean(defaultCandidate = false)}, so that it is nobody else's.
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD, ElementType.TYPE})
public @interface GatelineDataSource {}
