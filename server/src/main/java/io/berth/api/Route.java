package io.berth.api;

import io.berth.web.Endpoint.Method;
import java.io.IOException;

/// One row of the native API.
///
/// @param path below `/api/v1`
/// @param input the record the call reads: a JSON body of POST, else the query
/// @param output the record the call answers with; of a streaming call, each of its lines
/// @param audited whether each call is logged with its caller: those that change what is kept
public record Route<I extends Record, O extends Record>(
        Method method,
        String path,
        Right right,
        String summary,
        Class<I> input,
        Class<O> output,
        int status,
        boolean audited,
        Action<I, O> action) {

    /// What is read or answered where there is nothing.
    public record Nothing() {}

    /// What a call does.
    public sealed interface Action<I, O> {
        @FunctionalInterface
        non-sealed interface Answer<I, O> extends Action<I, O> {
            O to(Call<I> call) throws InterruptedException;
        }

        @FunctionalInterface
        non-sealed interface Stream<I, O> extends Action<I, O> {
            void answer(Call<I> call, Lines lines) throws IOException, InterruptedException;
        }

        @FunctionalInterface
        non-sealed interface Act<I, O> extends Action<I, O> {
            void on(Call<I> call);
        }
    }

    static <I extends Record, O extends Record> Route<I, O> get(
            String path, Right right, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.GET, path, right, summary, input, output, 200, false, action);
    }

    static <I extends Record, O extends Record> Route<I, O> create(
            String path, Right right, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.POST, path, right, summary, input, output, 201, true, action);
    }

    static <I extends Record, O extends Record> Route<I, O> post(
            String path, Right right, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.POST, path, right, summary, input, output, 200, true, action);
    }

    /// The same call, not logged: messages pass by the thousand and change nothing that is kept.
    Route<I, O> unaudited() {
        return new Route<>(method, path, right, summary, input, output, status, false, action);
    }

    static <I extends Record> Route<I, Nothing> delete(
            String path, Right right, String summary, Class<I> input, Action.Act<I, Nothing> action) {
        return new Route<>(Method.DELETE, path, right, summary, input, Nothing.class, 204, true, action);
    }

    static <I extends Record, O extends Record> Route<I, O> stream(
            Method method,
            String path,
            Right right,
            String summary,
            Class<I> input,
            Class<O> line,
            Action.Stream<I, O> action) {
        return new Route<>(method, path, right, summary, input, line, 200, method != Method.GET, action);
    }

    boolean streams() {
        return action instanceof Action.Stream;
    }

    /// Whether the input comes as a JSON body.
    boolean readsBody() {
        return method == Method.POST && !streams();
    }
}
