package dev.gateline.fuzz;

import java.util.Objects;

/** Says what a target has found. */
public final class Check {
    private Check() {}

    /** Reports a finding if a property does not hold. */
    public static void that(boolean holds, String property) {
        if (!holds) {
            throw new AssertionError(property);
        }
    }

    /** Reports a finding if two readers differ. */
    public static void same(Object ours, Object others, String property) {
        that(Objects.equals(ours, others), property + ": " + ours + " and " + others);
    }
}
