package io.berth.front.mqtt;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What the connections of one event loop share: the beat that measures their time, so that none has a timer of its
/// own, and the mailbox through which other threads reach them, so that one wake-up serves many. Time is counted in
/// beats, not read from a clock: a stepped clock or a long pause of the process ends no connection.
final class LoopPulse {
    private static final int MAILBOX_LIMIT = 100_000;
    private static final int MAILS_PER_TURN = 1024;

    private final EventLoop loop;
    private final ConcurrentLinkedQueue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger mails = new AtomicInteger();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ArrayList<MqttConnection> connections = new ArrayList<>();
    private final ArrayList<Outlet> unflushed = new ArrayList<>();
    private boolean flushing;
    private int beat;
    private int drainBeats = -1;

    LoopPulse(EventLoop loop, Duration period) {
        this.loop = loop;
        var _ = loop.scheduleWithFixedDelay(this::sweep, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Beats since the start, one a second.
    int beat() {
        return beat;
    }

    void add(MqttConnection connection) {
        connection.place = connections.size();
        connections.add(connection);
    }

    void remove(MqttConnection connection) {
        MqttConnection last = connections.removeLast();
        if (last != connection) {
            connections.set(connection.place, last);
            last.place = connection.place;
        }
    }

    /// Runs the task on the loop, soon and in order. Any thread.
    void post(Runnable task) {
        mailbox.add(task);
        mails.incrementAndGet();
        wake();
    }

    /// The same, unless too many wait. Any thread.
    boolean offer(Runnable task) {
        if (mails.get() >= MAILBOX_LIMIT || loop.isShuttingDown()) {
            return false;
        }
        post(task);
        return true;
    }

    /// Has it flushed at the end of this turn of the loop.
    void flushLater(Outlet outlet) {
        unflushed.add(outlet);
        if (!flushing) {
            flushing = true;
            loop.execute(this::flush);
        }
    }

    /// Closes the connections one after the other within so many beats.
    void drain(int beats) {
        drainBeats = beats;
        if (beats == 0) {
            drainSome();
        }
    }

    private void wake() {
        if (woken.compareAndSet(false, true) && !loop.isShutdown()) {
            loop.execute(this::empty);
        }
    }

    private void empty() {
        woken.set(false);
        flushing = true;
        try {
            int left = MAILS_PER_TURN;
            for (Runnable task; left > 0 && (task = mailbox.poll()) != null; left--) {
                mails.decrementAndGet();
                task.run();
            }
        } finally {
            flush();
            if (!mailbox.isEmpty()) {
                wake();
            }
        }
    }

    private void flush() {
        // flushing may complete writes, and their listeners may write again
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
        flushing = false;
    }

    private void sweep() {
        beat++;
        flushing = true;
        try {
            if (drainBeats >= 0) {
                drainSome();
            }
            // from the end, because a connection that ends takes itself off the list
            for (int i = connections.size() - 1; i >= 0; i--) {
                connections.get(i).beat(beat);
            }
        } finally {
            flush();
        }
    }

    private void drainSome() {
        List<MqttConnection> open =
                connections.stream().filter(MqttConnection::drainable).toList();
        int now = (open.size() + drainBeats) / (drainBeats + 1);
        open.stream().limit(now).forEach(MqttConnection::drain);
        drainBeats = Math.max(0, drainBeats - 1);
    }
}
