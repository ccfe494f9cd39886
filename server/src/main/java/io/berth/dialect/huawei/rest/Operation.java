package io.berth.dialect.huawei.rest;

import io.berth.core.audit.AuditedCalls.Task;
import io.berth.core.caller.Area;
import io.berth.core.caller.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One row of the catalogue: a route of the vendor, what it asks of its caller, and what it does.
///
/// @param path below the project; `{name}` is a member of the input
/// @param query the members of the input that a route with a body takes from the query
/// @param status of its answer
/// @param handler null where nothing is built
record Operation<I extends Record>(
        String method,
        PathPattern path,
        Set<String> query,
        Task task,
        int status,
        Class<I> input,
        @Nullable Handler<I> handler) {

    /// Does what the route is for; null for an answer without a body.
    @FunctionalInterface
    interface Handler<I extends Record> {
        @Nullable
        Object answer(RestCall<I> call) throws InterruptedException;
    }

    /// The input of a route that has none, or that is not built.
    record Nothing() {}

    /// A route that shows something.
    static <I extends Record> Operation<I> get(String name, String path, Area area, Class<I> input, Handler<I> does) {
        return of("GET", path, new Task(name, Role.READER, area, false), 200, input, does);
    }

    /// A question whose words do not fit into a URL.
    static <I extends Record> Operation<I> ask(String name, String path, Area area, Class<I> input, Handler<I> does) {
        return of("POST", path, new Task(name, Role.READER, area, false), 200, input, does);
    }

    /// Makes something that stays.
    static <I extends Record> Operation<I> add(String name, String path, Area area, Class<I> input, Handler<I> does) {
        return of("POST", path, new Task(name, Role.OPERATOR, area, true), 201, input, does);
    }

    /// Says something to devices: nothing that is kept changes.
    static <I extends Record> Operation<I> tell(String name, String path, Area area, Class<I> input, Handler<I> does) {
        return of("POST", path, new Task(name, Role.OPERATOR, area, false), 201, input, does);
    }

    /// Changes something that is there already.
    static <I extends Record> Operation<I> act(String name, String path, Area area, Class<I> input, Handler<I> does) {
        return of("POST", path, new Task(name, Role.OPERATOR, area, true), 200, input, does);
    }

    static <I extends Record> Operation<I> put(String name, String path, Area area, Class<I> input, Handler<I> does) {
        return of("PUT", path, new Task(name, Role.OPERATOR, area, true), 200, input, does);
    }

    static <I extends Record> Operation<I> delete(
            String name, String path, Area area, Class<I> input, Handler<I> does) {
        return of("DELETE", path, new Task(name, Role.OPERATOR, area, true), 204, input, does);
    }

    /// A route that is known and answers that it is not built.
    static Operation<Nothing> notBuilt(String name, String method, String path) {
        Task task = new Task(name, Role.READER, Area.PLATFORM, false);
        return of(method, path, task, 501, Nothing.class, null);
    }

    private static <I extends Record> Operation<I> of(
            String method, String path, Task task, int status, Class<I> input, @Nullable Handler<I> handler) {
        int mark = path.indexOf('?');
        String segments = mark < 0 ? path : path.substring(0, mark);
        Set<String> query =
                mark < 0 ? Set.of() : Set.of(path.substring(mark + 1).split(","));
        return new Operation<>(method, PathPattern.of(segments), query, task, status, input, handler);
    }

    /// The same for callers of this role and those above it.
    Operation<I> only(Role role) {
        Task demanding = new Task(task.name(), role, task.area(), task.changes());
        return new Operation<>(method, path, query, demanding, status, input, handler);
    }

    /// The same with another status of its answer.
    Operation<I> answers(int wanted) {
        return new Operation<>(method, path, query, task, wanted, input, handler);
    }

    String name() {
        return task.name();
    }

    boolean isBuilt() {
        return handler != null;
    }

    boolean readsBody() {
        return method.equals("POST") || method.equals("PUT");
    }

    /// Whether its body is a form with files in it.
    boolean readsForm() {
        return Shape.of(input).members().stream().anyMatch(member -> member.type() == FormFile.class);
    }

    boolean readsQuery(String member) {
        return !readsBody() || query.contains(member);
    }
}
