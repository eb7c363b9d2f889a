package dev.gateline.spring;

import dev.gateline.Outcome;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Answers a request with the {@link Outcome} that a controller's method returns, by {@link ServletAuth#answer}. */
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
        if (asked == null || !(returned instanceof Outcome<?> outcome)) {
            throw new IllegalStateException("an Outcome is an answer to a servlet request, and not null");
        }
        container.setRequestHandled(true);
        ServletAuth.of(asked).answer(outcome);
    }
}
