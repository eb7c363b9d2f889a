package dev.gateline.spring;

import dev.gateline.Identity;
import dev.gateline.Rejection;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a controller's method its {@code Identity}, {@code Optional<Identity>} or {@link ServletAuth}. An identity that
 * is not optional demands a login.
 */
final class IdentityArguments implements HandlerMethodArgumentResolver {
    private static final ResolvableType OPTIONAL = ResolvableType.forClassWithGenerics(Optional.class, Identity.class);

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == Identity.class || type == ServletAuth.class || isOptional(parameter);
    }

    private static boolean isOptional(MethodParameter parameter) {
        return OPTIONAL.isAssignableFrom(ResolvableType.forMethodParameter(parameter));
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder)
            throws Exception {
        HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
        if (servlet == null) {
            throw new IllegalStateException("an identity is known of a servlet request only");
        }
        ServletAuth door = ServletAuth.of(servlet);
        if (parameter.getParameterType() == ServletAuth.class) {
            return door;
        }
        return isOptional(parameter) ? door.identity() : demanded(door);
    }

    private static Identity demanded(ServletAuth door) {
        return door.outcome().fold(identity -> identity, reason -> {
            throw new LoginDemandedException(reason);
        });
    }

    /** Thrown where a controller's method needs a login that the request has not. */
    static final class LoginDemandedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Rejection reason;

        LoginDemandedException(Rejection reason) {
            super("this page needs a login", null, false, false);
            this.reason = reason;
        }

        Rejection reason() {
            return reason;
        }
    }
}
