package dev.gateline.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Holds if the property {@code gateline.strategy} is this strategy, or both. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Conditional(OnStrategyCondition.class)
@interface ConditionalOnStrategy {
    Strategy value();
}
