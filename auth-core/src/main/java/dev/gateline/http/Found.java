package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.util.function.BiFunction;

/** The credentials of a request in one lane. */
record Found(WiredLane lane, Presented presented) {

    /** Trades the renewal credential. The trade is rejected if there is none. */
    Outcome<Grant> trade(BiFunction<WiredLane, Credential, Outcome<Grant>> trade) {
        return presented
                .renewal()
                .map(renewal -> trade.apply(lane, renewal))
                .orElse(Outcome.rejected(Rejection.MISSING));
    }
}
