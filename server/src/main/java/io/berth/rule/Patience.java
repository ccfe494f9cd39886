package io.berth.rule;

import io.berth.rule.Destination.Outcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How long a destination may take for one message. Libraries bound each read and each step; a server that
/// answers one byte now and then, or each step just in time, passes all of these. So the work has a virtual
/// thread, which is interrupted when the time is over: that closes the socket it waits for. Any thread.
public record Patience(Duration longest) {

    /// What the work came to. Its own exceptions are unexpected: it turns the expected ones into an outcome.
    public Outcome with(Callable<Outcome> work) throws InterruptedException {
        FutureTask<Outcome> task = new FutureTask<>(work);
        Thread.ofVirtual().name("rule-send").start(task);
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return Outcome.retry(late());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(e);
        } finally {
            task.cancel(true);
        }
    }

    /// Said of a destination that took longer.
    public String late() {
        return "it did not answer within " + longest.toMillis() + " ms";
    }
}
