package dev.gateline.spring;

import org.jspecify.annotations.Nullable;

/** A property that can't be applied. Its message has no value that may be secret. */
final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String property;
    private final String rule;
    private final String action;

    InvalidSettingException(String property, String rule, String action, @Nullable Throwable cause) {
        super(property + ": " + rule, cause);
        this.property = property;
        this.rule = rule;
        this.action = action;
    }

    String property() {
        return property;
    }

    String rule() {
        return rule;
    }

    String action() {
        return action;
    }
}
