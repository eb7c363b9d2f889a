package dev.gateline.interleavings;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.Arrays;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Runs the operations of a class on two threads that take turns at every access to shared memory, in many orders. Each
 * result must be one that the operations could have had one after another.
 */
public final class Interleavings {
    private static final int SCENARIOS = Integer.getInteger("interleavings.scenarios", 8);
    private static final int ORDERS = Integer.getInteger("interleavings.orders", 250);

    private Interleavings() {}

    /**
     * Checks a class.
     *
     * @param each the number of operations of a thread
     * @param trusted packages and classes that are not checked here: each call of theirs is one step
     */
    public static void check(Class<?> model, int each, String... trusted) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(each)
                .actorsBefore(0)
                .actorsAfter(1)
                .minimizeFailedScenario(false)
                .iterations(SCENARIOS)
                .invocationsPerIteration(ORDERS)
                // Lincheck can't follow numbers within an array of bytes, nor providers of cryptography
                .addGuarantee(
                        forClasses("dev.gateline.store.LoginState").allMethods().ignore())
                .addGuarantee(forClasses("dev.gateline.store.MemoryLoginStore$Held")
                        .methods("version", "state")
                        .ignore())
                .addGuarantee(
                        forClasses("dev.gateline.jwt.SigningKey").allMethods().ignore())
                .addGuarantee(forClasses(name -> Arrays.stream(trusted).anyMatch(name::startsWith))
                        .allMethods()
                        .treatAsAtomic())
                .check(model);
    }
}
