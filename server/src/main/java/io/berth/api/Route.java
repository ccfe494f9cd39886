package io.berth.api;

import io.berth.web.Endpoint.Method;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One row of the native API.
///
/// @param path below `/api/v1`
/// @param input the record the call reads: a JSON body of POST, else the query
/// @param output the record the call answers with; of a streaming call, each of its lines
/// @param upload what the call reads as its body where that is not its input
/// @param audited whether each call is logged with its caller: those that change what is kept
public record Route<I extends Record, O extends Record>(
        Method method,
        String path,
        Right right,
        String summary,
        Class<I> input,
        Class<O> output,
        @Nullable Upload upload,
        int status,
        boolean audited,
        Action<I, O> action) {

    /// What is read or answered where there is nothing.
    public record Nothing() {}

    /// A body that is no JSON object: read while it arrives by a call that streams, else at once.
    ///
    /// @param of the record of each line, or a text of its own
    record Upload(String contentType, Class<?> of) {
        static final Upload CSV = new Upload("text/csv", String.class);
        static final Upload FILE = new Upload("application/octet-stream", String.class);
    }

    /// What a call does.
    public sealed interface Action<I, O> {
        @FunctionalInterface
        non-sealed interface Answer<I, O> extends Action<I, O> {
            O to(Call<I> call) throws IOException, InterruptedException;
        }

        @FunctionalInterface
        non-sealed interface Stream<I, O> extends Action<I, O> {
            void answer(Call<I> call, Lines lines) throws IOException, InterruptedException;
        }

        @FunctionalInterface
        non-sealed interface Act<I, O> extends Action<I, O> {
            void on(Call<I> call) throws InterruptedException;
        }
    }

    static <I extends Record, O extends Record> Route<I, O> get(
            String path, Right right, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.GET, path, right, summary, input, output, null, 200, false, action);
    }

    static <I extends Record, O extends Record> Route<I, O> create(
            String path, Right right, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.POST, path, right, summary, input, output, null, 201, true, action);
    }

    static <I extends Record, O extends Record> Route<I, O> post(
            String path, Right right, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.POST, path, right, summary, input, output, null, 200, true, action);
    }

    /// The same call, not logged: messages pass by the thousand and change nothing that is kept.
    Route<I, O> unaudited() {
        return new Route<>(method, path, right, summary, input, output, upload, status, false, action);
    }

    static <I extends Record> Route<I, Nothing> delete(
            String path, Right right, String summary, Class<I> input, Action.Act<I, Nothing> action) {
        return new Route<>(Method.DELETE, path, right, summary, input, Nothing.class, null, 204, true, action);
    }

    /// Answers lines.
    static <I extends Record, O extends Record> Route<I, O> follow(
            String path, Right right, String summary, Class<I> input, Class<O> line, Action.Stream<I, O> action) {
        return new Route<>(Method.GET, path, right, summary, input, line, null, 200, false, action);
    }

    /// Reads a body of any length and answers lines.
    static <I extends Record, O extends Record> Route<I, O> stream(
            String path,
            Right right,
            String summary,
            Upload upload,
            Class<I> input,
            Class<O> line,
            Action.Stream<I, O> action) {
        return new Route<>(Method.POST, path, right, summary, input, line, upload, 200, true, action);
    }

    /// Reads a file as its body, and its input from the query.
    static <I extends Record, O extends Record> Route<I, O> upload(
            String path, Right right, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.POST, path, right, summary, input, output, Upload.FILE, 200, true, action);
    }

    boolean streams() {
        return action instanceof Action.Stream;
    }

    /// Whether the input comes as a JSON body.
    boolean readsBody() {
        return method == Method.POST && upload == null;
    }
}
