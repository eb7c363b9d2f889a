package dev.gateline.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Logs a user in before a test, and sends the credential with each request of {@code MockMvc} that brings none itself.
 * The login is a real one: it can be listed, stepped up and ended, and it ends after the test. On a class it holds for
 * all tests that have none of their own.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface WithLogin {

    /** The subject. */
    String value() default "user";

    /** The roles of the user, in the claim {@code roles}. */
    String[] roles() default {};

    /** The scopes of the client, in the claim {@code scope}. */
    String[] scopes() default {};

    /** How the user has proved who they are, RFC 8176 values. */
    String[] methods() default {"pwd"};

    /** How long ago the user has proved it, such as {@code 10m}; empty, the default, for just now. */
    String provedAgo() default "";
}
