package dev.gateline.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldListenerTest {
    private final List<String> heard = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();
    private final HeldListener<String> held = new HeldListener<>();
    private final ServerCall.Listener<String> target = new ServerCall.Listener<>() {
        @Override
        public void onMessage(String message) {
            throw new NoClassDefFoundError(message);
        }

        @Override
        public void onReady() {
            heard.add("ready");
            held.onHalfClose();
        }

        @Override
        public void onHalfClose() {
            heard.add("half closed");
        }

        @Override
        public void onCancel() {
            heard.add("cancelled");
        }

        @Override
        public void onComplete() {
            heard.add("complete");
        }
    };

    @Test
    void events_beforeItIsOpen_areHeldBack() {
        held.onHalfClose();

        assertThat(heard).isEmpty();
    }

    /** An event that comes while others are handed on waits for its turn. */
    @Test
    void open_heldEvents_areHandedOnInOrder() {
        held.onReady();
        held.onCancel();

        held.open(target, failed::add);
        held.onComplete();

        assertThat(heard).containsExactly("ready", "cancelled", "half closed", "complete");
        assertThat(failed).isEmpty();
    }

    @Test
    void open_heldEventThatThrows_isReportedAndTheOthersAreHandedOn() {
        held.onMessage("a question");
        held.onHalfClose();

        held.open(target, failed::add);
        held.onCancel();

        assertThat(failed).singleElement().isInstanceOf(NoClassDefFoundError.class);
        assertThat(heard).containsExactly("half closed", "cancelled");
    }
}
