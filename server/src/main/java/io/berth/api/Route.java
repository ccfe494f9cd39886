package io.berth.api;

import io.berth.web.Endpoint.Method;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One row of the native API.
///
/// @param path below `/api/v1`
/// @param input the record the call reads: a JSON body of POST, else the query
/// @param output the record the call answers with; of a streaming call, each of its lines
/// @param upload what the call reads as its body where that is not its input
/// @param audited whether each call is written down with its caller: those that change what is kept
/// @param about what a call is about beside what its path names, by its input; empty for nothing
public record Route<I extends Record, O extends Record>(
        Method method,
        String path,
        Demand demand,
        String summary,
        Class<I> input,
        Class<O> output,
        @Nullable Upload upload,
        int status,
        boolean audited,
        Function<I, String> about,
        Action<I, O> action) {

    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([a-z]+)}");

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
            String path, Demand demand, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.GET, path, demand, summary, input, output, null, 200, false, Route::nothing, action);
    }

    static <I extends Record, O extends Record> Route<I, O> create(
            String path, Demand demand, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.POST, path, demand, summary, input, output, null, 201, true, Route::nothing, action);
    }

    static <I extends Record, O extends Record> Route<I, O> post(
            String path, Demand demand, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(Method.POST, path, demand, summary, input, output, null, 200, true, Route::nothing, action);
    }

    /// The same call, not written down: messages pass by the thousand and change nothing that is kept.
    Route<I, O> unaudited() {
        return new Route<>(method, path, demand, summary, input, output, upload, status, false, about, action);
    }

    /// The same call, written down though it changes nothing: it hands out secrets.
    Route<I, O> onRecord() {
        return new Route<>(method, path, demand, summary, input, output, upload, status, true, about, action);
    }

    /// The same call; what it makes or changes is named by its input.
    Route<I, O> about(Function<I, @Nullable String> name) {
        Function<I, String> text = input -> Objects.requireNonNullElse(name.apply(input), "");
        return new Route<>(method, path, demand, summary, input, output, upload, status, audited, text, action);
    }

    static <I extends Record> Route<I, Nothing> delete(
            String path, Demand demand, String summary, Class<I> input, Action.Act<I, Nothing> action) {
        return new Route<>(
                Method.DELETE, path, demand, summary, input, Nothing.class, null, 204, true, Route::nothing, action);
    }

    /// Answers lines.
    static <I extends Record, O extends Record> Route<I, O> follow(
            String path, Demand demand, String summary, Class<I> input, Class<O> line, Action.Stream<I, O> action) {
        return new Route<>(Method.GET, path, demand, summary, input, line, null, 200, false, Route::nothing, action);
    }

    /// Reads a body of any length and answers lines.
    static <I extends Record, O extends Record> Route<I, O> stream(
            String path,
            Demand demand,
            String summary,
            Upload upload,
            Class<I> input,
            Class<O> line,
            Action.Stream<I, O> action) {
        return new Route<>(Method.POST, path, demand, summary, input, line, upload, 200, true, Route::nothing, action);
    }

    /// Reads a file as its body, and its input from the query.
    static <I extends Record, O extends Record> Route<I, O> upload(
            String path, Demand demand, String summary, Class<I> input, Class<O> output, Action.Answer<I, O> action) {
        return new Route<>(
                Method.POST, path, demand, summary, input, output, Upload.FILE, 200, true, Route::nothing, action);
    }

    boolean streams() {
        return action instanceof Action.Stream;
    }

    /// Whether the input comes as a JSON body.
    boolean readsBody() {
        return method == Method.POST && upload == null;
    }

    /// What the call is in the audit: its method and path.
    String name() {
        return method + " " + path;
    }

    /// What the path names, from left to right.
    Stream<String> parameters() {
        return PATH_PARAMETER.matcher(path).results().map(found -> found.group(1));
    }

    static <I> String nothing(I input) {
        return "";
    }
}
