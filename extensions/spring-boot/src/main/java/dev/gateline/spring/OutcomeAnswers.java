package dev.gateline.spring;

import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.http.Issued;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Answers a request with the {@link Outcome} that a controller's method returns: a rejection is refused as
 * {@code ServletAuth.refuse} does it, what was issued is sent as JSON, and all else is 204.
 */
final class OutcomeAnswers implements HandlerMethodReturnValueHandler {
    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return Outcome.class.isAssignableFrom(returnType.getParameterType());
    }

    @Override
    public void handleReturnValue(
            @Nullable Object returned,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws IOException {
        HttpServletRequest asked = request.getNativeRequest(HttpServletRequest.class);
        HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
        if (asked == null || response == null || !(returned instanceof Outcome<?> outcome)) {
            throw new IllegalStateException("an Outcome is an answer to a servlet request, and not null");
        }
        container.setRequestHandled(true);
        Optional<Rejection> reason = outcome.rejection();
        if (reason.isPresent()) {
            ServletAuth.of(asked).refuse(reason.get());
        } else {
            send(outcome.toOptional(), response);
        }
    }

    private static void send(Optional<?> value, HttpServletResponse response) throws IOException {
        if (value.isPresent() && value.get() instanceof Issued issued) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter().write(issued.body());
        } else {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }
}
