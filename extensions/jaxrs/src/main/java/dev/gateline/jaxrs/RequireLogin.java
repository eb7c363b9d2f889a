package dev.gateline.jaxrs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands a login, and how recent or how strong its proof must be: on a resource method, or on a class for all of its
 * methods that have neither this annotation nor {@code @PermitAll} themselves. {@code @RolesAllowed}, at the method or
 * at the class, holds beside it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequireLogin {

    /**
     * How long ago the user may have proved who they are, inclusive: {@code 30s}, {@code 5m}, {@code 1h30m}, or ISO
     * 8601. Default: any time.
     */
    String within() default "";

    /** How the user must have proved it, RFC 8176 values, all of them needed. Default: any way. */
    String[] methods() default {};
}
