package dev.gateline.spring.test;

import dev.gateline.http.HttpAuth;
import dev.gateline.spring.GatelineAutoConfiguration;
import dev.gateline.spring.GatelineProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.ConfigurableMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcConfigurer;
import org.springframework.web.context.WebApplicationContext;

/** Makes each request of {@code MockMvc} that of the user of {@link WithLogin}. */
@AutoConfiguration(after = GatelineAutoConfiguration.class)
@ConditionalOnBean(HttpAuth.class)
public final class GatelineTestAutoConfiguration {

    @Bean
    TestLogins gatelineTestLogins(HttpAuth auth, GatelineProperties properties) {
        return new TestLogins(auth, properties.origins());
    }

    @Bean
    MockMvcBuilderCustomizer gatelineMockMvc(TestLogins logins) {
        return builder -> builder.apply(new MockMvcConfigurer() {
            @Override
            public @Nullable RequestPostProcessor beforeMockMvcCreated(
                    ConfigurableMockMvcBuilder<?> creating, WebApplicationContext context) {
                return logins::sentBy;
            }
        });
    }
}
