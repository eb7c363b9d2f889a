package dev.gateline.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers about tokens for some seconds, by the digests of the tokens. There is one question at a time about each
 * token. Thread-safe, and holds no lock during a question.
 */
final class IntrospectionCache {
    private final Duration keepFor;
    private final Duration timeout;
    private final Semaphore asking;
    private final Cache<String, Answer> answers;
    private final ConcurrentMap<String, CompletableFuture<Outcome<Identity>>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong questions = new AtomicLong();

    /** An answer, and the number of its question, because a clock may be put back, or stand still between questions. */
    private record Answer(Outcome<Identity> outcome, Instant askedAt, long number) {
        Answer orLater(Answer other) {
            return other.number > number ? other : this;
        }
    }

    /**
     * Creates an empty cache.
     *
     * @param keepFor the time for which an answer is kept; zero to keep none
     * @param timeout the time for which a caller waits for the question of another caller
     * @param maxAsking the greatest number of questions under way
     */
    IntrospectionCache(Duration keepFor, int maxAnswers, Duration timeout, int maxAsking) {
        this.keepFor = keepFor;
        this.timeout = timeout;
        asking = new Semaphore(maxAsking);
        answers = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(maxAnswers)
                .build();
    }

    /** The time for which an answer is kept; zero if none is. */
    Duration keepFor() {
        return keepFor;
    }

    /**
     * The answer about a token: a kept answer, the answer to a question under way, or a new one. It is a new one if no
     * answers are kept.
     *
     * @throws AuthUnavailableException if the question throws it, or if too many questions are under way
     */
    Outcome<Identity> get(String digest, Instant now, Supplier<Outcome<Identity>> question) {
        if (keepFor.isZero()) {
            // a question under way may have been answered before a revocation
            return ask(digest, now, question);
        }
        Optional<Outcome<Identity>> kept = kept(digest, now);
        if (kept.isPresent()) {
            return kept.get();
        }
        CompletableFuture<Outcome<Identity>> mine = new CompletableFuture<>();
        CompletableFuture<Outcome<Identity>> other = underWay.putIfAbsent(digest, mine);
        return other == null ? lead(digest, now, question, mine) : follow(other);
    }

    /** The kept answer about a token. */
    Optional<Outcome<Identity>> kept(String digest, Instant now) {
        Answer kept = answers.getIfPresent(digest);
        return kept != null && isFresh(kept, now) ? Optional.of(kept.outcome()) : Optional.empty();
    }

    /**
     * A new answer, even if one is kept or a question is under way. It is kept, unless there is an answer to a later
     * question: that one may know of a revocation.
     */
    Outcome<Identity> ask(String digest, Instant now, Supplier<Outcome<Identity>> question) {
        if (!asking.tryAcquire()) {
            throw new AuthUnavailableException("too many tokens are being introspected; see maxConcurrentCalls(...)");
        }
        try {
            long number = questions.incrementAndGet();
            Outcome<Identity> outcome = question.get();
            if (!keepFor.isZero()) {
                answers.asMap().merge(digest, new Answer(outcome, now, number), Answer::orLater);
            }
            return outcome;
        } finally {
            asking.release();
        }
    }

    private Outcome<Identity> lead(
            String digest,
            Instant now,
            Supplier<Outcome<Identity>> question,
            CompletableFuture<Outcome<Identity>> mine) {
        try {
            // another caller may have had the answer since
            Outcome<Identity> outcome = kept(digest, now).orElseGet(() -> ask(digest, now, question));
            mine.complete(outcome);
            return outcome;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(digest, mine);
        }
    }

    private Outcome<Identity> follow(CompletableFuture<Outcome<Identity>> other) {
        try {
            return other.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthUnavailableException("interrupted while a token was introspected", e);
        } catch (ExecutionException | TimeoutException e) {
            @Nullable Throwable cause = e.getCause();
            throw new AuthUnavailableException(
                    "a token can't be introspected: "
                            + (cause == null ? "no answer within " + timeout : cause.getMessage()),
                    e);
        }
    }

    /** Whether an answer is still good. An answer from the future was given before the clock was put back. */
    private boolean isFresh(Answer answer, Instant now) {
        return now.isBefore(answer.askedAt().plus(keepFor)) && !now.isBefore(answer.askedAt());
    }
}
