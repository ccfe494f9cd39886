package io.berth.api;

import io.berth.core.Page;
import io.berth.core.audit.AuditRecord;
import io.berth.core.audit.AuditStore;
import io.berth.core.audit.AuditStore.Wanted;
import io.berth.core.caller.Area;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who changed what. For administrators.
public final class AuditRoutes implements NativeApi.Group {
    private final AuditStore store;

    public AuditRoutes(AuditStore store) {
        this.store = store;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.get(
                        "/audit",
                        Demand.administer(Area.CALLERS),
                        "Lists changing calls, the newest first",
                        Search.class,
                        AuditPage.class,
                        this::list),
                Route.follow(
                        "/audit/export",
                        Demand.administer(Area.CALLERS),
                        "Writes out all changing calls that match, the newest first",
                        Search.class,
                        AuditLine.class,
                        this::export));
    }

    /// @param target how it begins, for example `PRODUCT/DEVICE`
    /// @param failed true: those that were refused or went wrong; false: the others
    public record Search(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String caller,
            @Nullable String api,
            @Nullable String action,
            @Nullable String target,
            @Nullable Boolean failed,
            @Nullable Integer limit,
            @Nullable String after) {
        private Wanted wanted() {
            return new Wanted(from, to, caller, api, action, target, failed);
        }
    }

    public record AuditLine(
            Instant time, String caller, String address, String api, String action, String target, String outcome) {
        private static AuditLine of(AuditRecord record) {
            return new AuditLine(
                    record.at(),
                    record.caller(),
                    record.address(),
                    record.api(),
                    record.action(),
                    record.target(),
                    record.outcome());
        }
    }

    public record AuditPage(List<AuditLine> items, @Nullable String next) {}

    private AuditPage list(Call<Search> call) {
        Search search = call.input();
        Page<AuditRecord> page = store.find(search.wanted(), new Paging(search.limit(), search.after()).request());
        return new AuditPage(Paging.items(page, AuditLine::of), page.next());
    }

    private void export(Call<Search> call, Lines lines) throws IOException {
        Search search = call.input();
        String after = search.after();
        do {
            Page<AuditRecord> page = store.find(search.wanted(), new Page.Request(after, Page.Request.MAX_LIMIT));
            lines.open();
            for (AuditRecord record : page.items()) {
                lines.write(AuditLine.of(record));
            }
            after = page.next();
        } while (after != null);
    }
}
