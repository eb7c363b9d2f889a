package dev.gateline.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands a login before a controller's method runs, and as strong or as fresh a proof as its elements say. On a class
 * it holds for all methods that have none of their own. It works on methods that Spring MVC maps to requests, and on no
 * others. It may be the annotation of another annotation.
 *
 * <p>A stranger is answered as by {@code ServletAuth.refuse}, and so is a user whose proof is too old or too weak: the
 * client learns how recent a proof must be, and can ask the user to step up.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface RequireLogin {

    /**
     * How long ago the proof may be, such as {@code 5m} or the setting <code>${park.fresh:5m}</code>; empty, the
     * default, if any age will do.
     */
    String within() default "";

    /** How the user must have proved who they are, RFC 8176 values such as {@code otp}; all of them are needed. */
    String[] methods() default {};

    /** Whether the store must be asked, however fresh the copies of this node are. */
    boolean authoritative() default false;
}
