package dev.gateline.micronaut;

import dev.gateline.Login;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.concurrent.ExecutionException;

/** A filter behind Gateline's that logs in, and then fails. */
@ServerFilter("/more/filtered")
class BrokenFilter {
    @RequestFilter
    @Order(2_000_000)
    @ExecuteOn(TaskExecutors.BLOCKING)
    void filter(HttpRequest<?> request) throws ExecutionException, InterruptedException {
        MicronautAuth.of(request).login(Login.of("ada")).toCompletableFuture().get();
        throw new IllegalArgumentException("by a filter in " + ServerFilterPhase.LAST);
    }
}
