package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.audit.AuditedCalls.Task;
import io.berth.core.caller.Area;
import io.berth.core.caller.Reach;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import java.util.List;

/// A row of the [Catalogue].
///
/// @param request the record of its parameters, filled by [Binding]
/// @param bare whether lists have no names of their items where it answers JSON
record Action<I extends Record>(Task task, Family family, Class<I> request, Handler<I> handler, boolean bare) {
    /// One whose lists always name their items, as most do.
    Action(Task task, Family family, Class<I> request, Handler<I> handler) {
        this(task, family, request, handler, false);
    }

    /// The same whose lists do not in JSON.
    Action<I> withBareLists() {
        return new Action<>(task, family, request, handler, true);
    }

    /// What it answered, as the format has it.
    Value.Fields shaped(Value.Fields answer, Format format) {
        return bare && format == Format.JSON ? ItemNames.hidden(answer) : answer;
    }

    /// Asks one service of core and answers the members of a success; throws a ProblemException.
    @FunctionalInterface
    interface Handler<I extends Record> {
        Value.Fields handle(Call<I> call) throws InterruptedException;
    }

    /// The actions of one family, as their class lists them.
    interface Group {
        List<Action<?>> actions();
    }

    /// What a group of actions is about.
    record About(Area area, Family family) {
        /// For an action that fails in a word of its own.
        About failing(String word) {
            return new About(area, family.failing(word));
        }

        /// Only looks.
        <I extends Record> Action<I> reads(String name, Class<I> request, Handler<I> handler) {
            return new Action<>(new Task(name, Role.READER, area, false), family, request, handler);
        }

        /// Changes what is kept, and is recorded.
        <I extends Record> Action<I> changes(String name, Class<I> request, Handler<I> handler) {
            return new Action<>(new Task(name, Role.OPERATOR, area, true), family, request, handler);
        }

        /// Talks to devices: traffic, which nobody records.
        <I extends Record> Action<I> talks(String name, Class<I> request, Handler<I> handler) {
            return new Action<>(new Task(name, Role.OPERATOR, area, false), family, request, handler);
        }
    }

    String name() {
        return task.name();
    }

    /// Reads the parameters at once: `MissingX` and `InvalidX` come before the question who may call.
    AuditedCalls.Work<Value.Fields, InterruptedException> prepare(Parameters parameters, Rights rights, Reach reach) {
        Call<I> call = new Call<>(Binding.of(request).read(parameters), rights, reach);
        return () -> handler.handle(call);
    }
}
