package dev.gateline.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * Keeps the logins of a test in memory, whatever store the application has. It stands beside {@code @WebMvcTest}, or
 * beside {@code @SpringBootTest} and {@code @AutoConfigureMockMvc}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@TestPropertySource(properties = "gateline.store=memory")
public @interface GatelineTest {}
