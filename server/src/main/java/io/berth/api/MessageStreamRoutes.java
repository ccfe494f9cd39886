package io.berth.api;

import io.berth.api.MessageAnswers.Asked;
import io.berth.api.MessageAnswers.Limits;
import io.berth.api.Route.Upload;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.session.Messages;
import io.berth.web.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Messages to many devices over one call, for applications that command fleets: a call of its own per
/// message costs several times what the message costs. Messages are read and answers written at the same
/// time, so the client has to do both as well, or ask for failures only.
public final class MessageStreamRoutes implements NativeApi.Group, AutoCloseable {
    private final Recipients recipients;
    private final Messages messages;
    private final Limits limits;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /// @param window messages of one stream under way at a time
    /// @param patience after which a message is told of as far as it got; shorter than the web's idle timeout
    public MessageStreamRoutes(DeviceDirectory devices, Messages messages, int window, Duration patience) {
        this.recipients = new Recipients(devices);
        this.messages = messages;
        this.limits = new Limits(window, patience);
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(Route.stream(
                        "/messages",
                        Demand.operate(Area.MESSAGES),
                        "Sends a stream of messages to devices",
                        new Upload(Json.LINES_CONTENT_TYPE, StreamedMessage.class),
                        Wanted.class,
                        MessageLine.class,
                        this::send)
                .unaudited());
    }

    /// @param answers `failures` to be told of messages that failed only
    /// @param until how far a message has to get before it is told of
    public record Wanted(
            @Nullable Answers answers, @Nullable Until until) {}

    public enum Answers {
        ALL,
        FAILURES
    }

    public enum Until {
        SENT,
        ACKNOWLEDGED
    }

    /// One line of the answer: what became of one message, or at the end the `summary`. [AnswerLines] writes
    /// it.
    ///
    /// @param id of the message when it has one, else its `line`
    public record MessageLine(
            @Nullable String id,
            @Nullable Long line,
            @Nullable String state,
            @Nullable String problem,
            @Nullable String detail,
            @Nullable MessageSummary summary) {}

    private void send(Call<Wanted> call, Lines lines) throws IOException, InterruptedException {
        Wanted wanted = call.input();
        Asked asked = new Asked(wanted.answers() == Answers.FAILURES, wanted.until() == Until.ACKNOWLEDGED);
        BodyLines body = call.bodyLines();
        MessageAnswers answers = MessageAnswers.start(lines.open(), asked, limits);
        running.add(Thread.currentThread());
        try {
            long number = 0;
            for (BodyLines.Line line = body.next(); line != null; line = body.next()) {
                number++;
                if (!line.isBlank()) {
                    send(number, line, answers);
                }
            }
            answers.complete();
        } finally {
            answers.end();
            running.remove(Thread.currentThread());
        }
    }

    /// Ends the streams there are, wherever they wait: the web server would wait for them.
    @Override
    public void close() {
        running.forEach(Thread::interrupt);
    }

    /// How many streams there are now.
    int running() {
        return running.size();
    }

    /// A line that makes no sense is answered like a message that could not be sent.
    private void send(long number, BodyLines.Line line, MessageAnswers answers)
            throws IOException, InterruptedException {
        String id = null;
        try {
            StreamedMessage wanted = StreamedMessage.read(line);
            id = wanted.id();
            Downlink.Message message = wanted.message();
            DeviceId device = recipients.reachable(wanted.to());
            messages.send(device, id, message, answers.begin(number, id, message.qos()));
        } catch (ProblemException e) {
            answers.begin(number, id, Qos.AT_MOST_ONCE).failed(e.problem(), e.detail());
        }
    }
}
