package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_TIME;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.START_AFTER_END;

import io.berth.core.Page;
import io.berth.core.call.Call;
import io.berth.core.call.Calls;
import io.berth.core.device.Device;
import io.berth.core.thing.Calendar;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which commands wait for a device or for its answer, and which are over (spec huawei-iotda 7.4). What core
/// keeps of one device is bounded, and read as a whole.
final class HuaweiCommandListings {
    private static final Set<String> STATUSES =
            Set.of("PENDING", "EXPIRED", "SENT", "DELIVERED", "SUCCESSFUL", "FAILED", "TIMEOUT");
    private static final int MARKER_DIGITS = 24;

    private final Calls calls;

    HuaweiCommandListings(RestServices services) {
        this.calls = services.calls();
    }

    record Wanted(
            String deviceId,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset,
            @Nullable String startTime,
            @Nullable String endTime,
            @Nullable String status,
            @Nullable String commandName) {
        private Filter filter() {
            return new Filter(time(startTime, Instant.MIN), time(endTime, Instant.MAX), status, commandName);
        }
    }

    record CountWanted(
            String deviceId,
            @Nullable String startTime,
            @Nullable String endTime,
            @Nullable String status,
            @Nullable String commandName) {
        private Filter filter() {
            return new Filter(time(startTime, Instant.MIN), time(endTime, Instant.MAX), status, commandName);
        }
    }

    record Filter(
            Instant start,
            Instant end,
            @Nullable String status,
            @Nullable String name) {
        Filter {
            if (start.isAfter(end)) {
                throw new RestException(START_AFTER_END, "\"start_time\" is after \"end_time\"");
            }
            require(status == null || STATUSES.contains(status), "\"status\" is none of " + STATUSES);
        }

        boolean takes(CommandView command) {
            Instant created = command.call().times().created();
            return !created.isBefore(start)
                    && !created.isAfter(end)
                    && (status == null || status.equals(command.status()))
                    && (name == null || name.equals(command.name()));
        }
    }

    record Queue(List<CommandView.Line> commands, Paging.Shown page) {}

    record History(List<CommandView.Line> commands, HistoryPage page) {}

    record HistoryPage(String marker) {}

    record Count(int count) {}

    Queue queue(RestCall<Wanted> call) throws InterruptedException {
        List<CommandView> all =
                find(call, call.input().filter(), command -> !command.state().isFinal());
        Paging.Part<CommandView.Line> part = part(call.input(), all);
        return new Queue(part.items(), part.page());
    }

    History history(RestCall<Wanted> call) throws InterruptedException {
        List<CommandView> all =
                find(call, call.input().filter(), command -> command.state().isFinal());
        Paging.Part<CommandView.Line> part = part(call.input(), all);
        return new History(part.items(), new HistoryPage(part.page().marker()));
    }

    Count count(RestCall<CountWanted> call) throws InterruptedException {
        Device device = call.sight().device(call.input().deviceId());
        return new Count(
                find(device, call.input().filter(), command -> command.state().isFinal())
                        .size());
    }

    private List<CommandView> find(RestCall<Wanted> call, Filter filter, Predicate<Call> half)
            throws InterruptedException {
        return find(call.sight().device(call.input().deviceId()), filter, half);
    }

    private List<CommandView> find(Device device, Filter filter, Predicate<Call> half) throws InterruptedException {
        List<CommandView> found = new ArrayList<>();
        String after = null;
        do {
            Page<Call> page = calls.list(device.id(), new Page.Request(after, Page.Request.MAX_LIMIT));
            page.items().stream()
                    .filter(half.and(CommandView::isAsyncCommand))
                    .map(call -> new CommandView(device, call))
                    .filter(filter::takes)
                    .forEach(found::add);
            after = page.next();
        } while (after != null);
        return found;
    }

    private static Paging.Part<CommandView.Line> part(Wanted wanted, List<CommandView> all) {
        return Paging.of(wanted.limit(), wanted.marker(), wanted.offset())
                .of(all, HuaweiCommandListings::marker, CommandView::line);
    }

    /// A call's id in the digits of a marker: both grow with time.
    private static String marker(CommandView command) {
        String id = command.call().id();
        return "0".repeat(Math.max(0, MARKER_DIGITS - id.length())) + id;
    }

    private static Instant time(@Nullable String text, Instant usual) {
        if (text == null) {
            return usual;
        }
        try {
            return Calendar.parse(text);
        } catch (DateTimeException e) {
            throw new RestException(BAD_TIME, "\"" + text + "\" is no time like 20260102T030405Z");
        }
    }
}
