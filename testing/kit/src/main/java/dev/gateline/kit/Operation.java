package dev.gateline.kit;

import dev.gateline.LoginLimit;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An operation at a node whose store fails meanwhile. Immutable.
 *
 * @param name for the report
 * @param limit the limit of logins per subject
 * @param faults the faults that the operation has to withstand
 * @param before the preparation, which meets no fault
 * @param run the operation, which may run twice
 * @param done a check after the operation has returned, unless the login was ended meanwhile
 */
record Operation(
        String name,
        LoginLimit limit,
        Set<Fault> faults,
        Consumer<TwoNodes> before,
        Consumer<TwoNodes> run,
        Consumer<TwoNodes> done) {

    static Operation of(String name, Consumer<TwoNodes> run, Consumer<TwoNodes> done) {
        return new Operation(name, LoginLimit.none(), EnumSet.allOf(Fault.class), at -> {}, run, done);
    }

    Operation after(Consumer<TwoNodes> what) {
        return new Operation(name, limit, faults, what, run, done);
    }

    Operation within(LoginLimit ofSubject) {
        return new Operation(name, ofSubject, faults, before, run, done);
    }

    Operation without(Fault... some) {
        EnumSet<Fault> rest = EnumSet.copyOf(faults);
        rest.removeAll(Set.of(some));
        return new Operation(name, limit, rest, before, run, done);
    }
}
