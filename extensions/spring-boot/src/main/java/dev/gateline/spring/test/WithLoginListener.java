package dev.gateline.spring.test;

import dev.gateline.Login;
import dev.gateline.LoginBuilder;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Logs the user of {@link WithLogin} in before a test, and out after it. */
final class WithLoginListener extends AbstractTestExecutionListener {
    @Override
    public void beforeTestMethod(TestContext test) {
        @Nullable WithLogin own = AnnotatedElementUtils.findMergedAnnotation(test.getTestMethod(), WithLogin.class);
        @Nullable
        WithLogin found = own != null
                ? own
                : TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(), WithLogin.class);
        if (found != null) {
            logins(test.getApplicationContext()).begin(login(found, clock(test.getApplicationContext())));
        }
    }

    @Override
    public void afterTestMethod(TestContext test) {
        if (test.hasApplicationContext()) {
            test.getApplicationContext().getBeanProvider(TestLogins.class).ifAvailable(TestLogins::end);
        }
    }

    private static TestLogins logins(ApplicationContext context) {
        @Nullable TestLogins logins = context.getBeanProvider(TestLogins.class).getIfAvailable();
        if (logins == null) {
            throw new IllegalStateException("@WithLogin needs MockMvc: add @WebMvcTest or @AutoConfigureMockMvc");
        }
        return logins;
    }

    private static Clock clock(ApplicationContext context) {
        return context.getBeanProvider(Clock.class).getIfUnique(Clock::systemUTC);
    }

    private static Login login(WithLogin user, Clock clock) {
        LoginBuilder login = Login.builder(user.value()).methods(user.methods());
        if (user.roles().length > 0) {
            login.claim("roles", List.of(user.roles()));
        }
        if (user.scopes().length > 0) {
            login.claim("scope", String.join(" ", user.scopes()));
        }
        if (!user.provedAgo().isEmpty()) {
            login.authenticatedAt(clock.instant().minus(DurationStyle.detectAndParse(user.provedAgo())));
        }
        return login.build();
    }
}
