package dev.gateline.spring;

import dev.gateline.Requirement;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Holds a request to the {@link RequireLogin} of the method that is to answer it. Thread-safe. */
final class RequireLoginInterceptor implements HandlerInterceptor {
    private final Requirements requirements;

    RequireLoginInterceptor(Requirements requirements) {
        this.requirements = requirements;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        boolean judgedBefore = request.getDispatcherType() == DispatcherType.ASYNC;
        if (judgedBefore || !(handler instanceof HandlerMethod method)) {
            return true;
        }
        Optional<Requirement> requirement = requirements.of(method);
        return requirement.isEmpty()
                || ServletAuth.of(request).require(requirement.get()).isPresent();
    }
}
