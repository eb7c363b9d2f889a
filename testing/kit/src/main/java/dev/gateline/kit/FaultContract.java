package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each call to the store that an operation makes fails once, in every way: the store is down, loses its answer, is slow
 * while another caller comes first, or answers nonsense. An operation that returned has happened, everywhere and for
 * good. Any other operation is an outage, and works when it is repeated. An outage logs nobody out, and lets nobody in.
 * Extend this contract, and say how to build the authenticator.
 */
public abstract class FaultContract {

    /** For subclasses. */
    protected FaultContract() {}

    /**
     * Builds a node under test. The nodes of one test trust each other's credentials.
     *
     * @param wiring the parts with which it must be built
     */
    protected abstract Authenticator authenticator(Fixture.Wiring wiring);

    /**
     * The way in which a node reaches the shared storage: directly, unless overridden.
     *
     * @param shared the shared storage, which may fail
     * @param clock the clock of the node
     */
    protected Storage node(SharedStorage shared, Clock clock) {
        return shared;
    }

    /** Further operations of this authenticator. None by default. */
    protected List<Extra> extras() {
        return List.of();
    }

    /**
     * An operation that only some authenticators have.
     *
     * @param name for the report
     * @param run the operation, which may run twice
     * @param done a check at either node that the operation was done
     */
    public record Extra(String name, BiConsumer<Authenticator, Grant> run, BiConsumer<Authenticator, Grant> done) {}

    @TestFactory
    Stream<DynamicTest> everyStoreCall_goingWrongOnce_isNeitherAnAcceptanceNorALogoutNorAnUntrueOk() {
        return operations()
                .flatMap(operation -> operation.faults().stream()
                        .map(fault -> dynamicTest(operation.name() + ", " + fault, () -> {
                            strikeAtEachCall(operation, fault, true);
                            strikeAtEachCall(operation, fault, false);
                        })));
    }

    private Stream<Operation> operations() {
        return Stream.concat(Operations.all().stream(), extras().stream().map(FaultContract::operation));
    }

    private static Operation operation(Extra extra) {
        return Operation.of(extra.name(), at -> extra.run().accept(at.here(), at.mine()), at -> {
            extra.done().accept(at.here(), at.mine());
            extra.done().accept(at.there(), at.mine());
        });
    }

    private void strikeAtEachCall(Operation operation, Fault fault, boolean warm) {
        List<String> calls = calls(operation, warm);
        for (int call = 0; call < calls.size(); call++) {
            try (TwoNodes at = nodes(operation, warm)) {
                strike(operation, fault, call, at);
            } catch (RuntimeException | AssertionError e) {
                String which = operation.name() + ", " + fault + " at call " + call + " of " + calls;
                throw new AssertionError(which + (warm ? ", with a copy: " : ": ") + e.getMessage(), e);
            }
        }
    }

    /** The calls of an operation without a failure, which must succeed. */
    private List<String> calls(Operation operation, boolean warm) {
        try (TwoNodes at = nodes(operation, warm)) {
            List<String> calls = at.fault().callsOf(() -> operation.run().accept(at));
            at.assertOthersUnharmed();
            operation.done().accept(at);
            return calls;
        }
    }

    private TwoNodes nodes(Operation operation, boolean warm) {
        return new TwoNodes(this::authenticator, this::node, operation, warm);
    }

    private static void strike(Operation operation, Fault fault, int call, TwoNodes at) {
        Runnable run = () -> operation.run().accept(at);
        Optional<RuntimeException> failure = at.fault().strike(call, it -> fault.strike(at, it), run);
        failure.ifPresent(at::assertUnavailable);
        at.assertOthersUnharmed();
        if (at.endedMeanwhile()) {
            assertThat(failure).as("slow is not down").isEmpty();
            at.assertEndedMeanwhile();
        } else {
            failure.ifPresent(again -> run.run());
            operation.done().accept(at);
        }
        at.assertNothingHalf();
        at.assertOthersUnharmed();
    }

    @Test
    void everyByteOfARow_changed_isNeverAnotherLoginNorABrokenAnswer() {
        for (Operation operation : Operations.ofOneLogin()) {
            List<String> calls = calls(operation, false);
            for (int call = 0; call < calls.size(); call++) {
                int which = call;
                int length = lengthOfRow(operation, which);
                IntStream.range(0, length).forEach(place -> changeByte(operation, which, place));
            }
        }
    }

    private int lengthOfRow(Operation operation, int call) {
        try (TwoNodes at = nodes(operation, false)) {
            List<Integer> lengths = new ArrayList<>();
            Optional<RuntimeException> unused = at.fault()
                    .strike(
                            call,
                            it -> Fault.withStates(it.proceed(), state -> {
                                lengths.add(state.length);
                                return state;
                            }),
                            () -> operation.run().accept(at));
            return lengths.stream().findFirst().orElse(0);
        }
    }

    private void changeByte(Operation operation, int call, int place) {
        try (TwoNodes at = nodes(operation, false)) {
            Optional<RuntimeException> failure = at.fault()
                    .strike(
                            call,
                            it -> Fault.withStates(it.proceed(), state -> {
                                state[place] ^= (byte) 0xff;
                                return state;
                            }),
                            () -> operation.run().accept(at));
            failure.ifPresent(it -> assertThat(it)
                    .as(operation.name() + ", byte " + place)
                    .isInstanceOf(AuthUnavailableException.class));
            at.assertNobodyElse();
        }
    }
}
