package dev.gateline.spring;

import org.springframework.beans.factory.ObjectProvider;

/** Runs the customizers of one builder. */
final class Customizers {
    private Customizers() {}

    static <B> B over(B builder, ObjectProvider<GatelineCustomizer<B>> customizers) {
        customizers.orderedStream().forEach(each -> each.customize(builder));
        return builder;
    }
}
