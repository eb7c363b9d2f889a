package dev.gateline.micronaut;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands a login, and how recent or how strong its proof must be: on a method of a controller, or on a controller for
 * all of its methods that have neither this annotation nor {@code @PermitAll} themselves. {@code @RolesAllowed}, at the
 * method or at the class, holds beside it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequireLogin {

    /**
     * How long ago the user may have proved who they are, inclusive: {@code 30s}, {@code 5m}, ISO 8601, or a setting
     * such as <code>${park.fresh:5m}</code>. Default: any time.
     */
    String within() default "";

    /** How the user must have proved it, RFC 8176 values, all of them needed. Default: any way. */
    String[] methods() default {};
}
