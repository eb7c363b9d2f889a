package dev.gateline.spring;

import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Reads the strategy as the properties are bound, so that every spelling means the same. */
final class OnStrategyCondition extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Strategy wanted =
                metadata.getAnnotations().get(ConditionalOnStrategy.class).getEnum("value", Strategy.class);
        Strategy chosen = Binder.get(context.getEnvironment())
                .bind("gateline.strategy", Strategy.class)
                .orElse(Strategy.SESSION);
        ConditionMessage message =
                ConditionMessage.forCondition(ConditionalOnStrategy.class).because("gateline.strategy is " + chosen);
        return new ConditionOutcome(Set.of(wanted, Strategy.BOTH).contains(chosen), message);
    }
}
