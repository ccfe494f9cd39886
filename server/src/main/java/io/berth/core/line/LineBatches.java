package io.berth.core.line;

import io.berth.core.CsvLines;
import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.line.LineBatch.HandOut;
import io.berth.core.line.LineUnitStore.Listing;
import io.berth.core.product.Products;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Which devices are made, and how many. Blocking; any thread.
public final class LineBatches {
    private static final int ALLOWED_AT_ONCE = 1_000;

    private final LineUnitStore store;
    private final Products products;
    private final LineRules rules;
    private final InstantSource clock;

    public LineBatches(LineUnitStore store, Products products, LineRules rules, InstantSource clock) {
        this.store = store;
        this.products = products;
        this.rules = rules;
        this.clock = clock;
    }

    /// PRODUCT_NOT_FOUND, VERSION_CONFLICT when the name is taken, LIMIT_REACHED.
    public LineBatch create(String name, String product, long quota, HandOut handOut) {
        products.get(product);
        LineBatch batch = new LineBatch(name, product, quota, 0, handOut, clock.instant(), null);
        store.insert(batch, rules.maxBatches());
        return batch;
    }

    /// NOT_FOUND.
    public LineBatch get(String name) {
        return store.findBatch(name).orElseThrow(() -> notFound(name));
    }

    static ProblemException notFound(String name) {
        return new ProblemException(Problem.NOT_FOUND, "there is no batch \"" + name + "\" on the line");
    }

    /// By name.
    ///
    /// @param spaces only those of products in these resource spaces; empty for all
    public Page<LineBatch> list(Set<String> spaces, Page.Request page) {
        return store.batches(spaces, page);
    }

    /// NOT_FOUND.
    public LineBatch.Tally tally(String name) {
        get(name);
        return store.tally(name);
    }

    /// Nothing of it is handed out any more. NOT_FOUND.
    public LineBatch close(String name) {
        store.close(name, clock.instant());
        return get(name);
    }

    /// A line that lists nothing.
    public record BadLine(long number, String reason) {}

    /// @param unchanged ids that were in the batch already
    public record Summary(long lines, long listed, long unchanged, long refused) {}

    /// Lists the ids in the first column, and tells the sink of each line that lists none. A first line that
    /// says so is a header. May be repeated. NOT_FOUND, VERSION_CONFLICT when the batch is closed.
    public Summary allow(String batch, CsvLines lines, Consumer<BadLine> sink) {
        if (!get(batch).isOpen()) {
            throw new ProblemException(Problem.VERSION_CONFLICT, "batch \"" + batch + "\" is closed");
        }
        Import run = new Import(batch, sink);
        lines.forEachRemaining(run::add);
        run.flush();
        return new Summary(run.lines, run.listed, run.unchanged, run.refused);
    }

    private final class Import {
        private final String batch;
        private final Consumer<BadLine> sink;
        private final List<Long> numbers = new ArrayList<>(ALLOWED_AT_ONCE);
        private final List<HardwareId> ids = new ArrayList<>(ALLOWED_AT_ONCE);
        private boolean mayBeHeader = true;
        private long lines;
        private long listed;
        private long unchanged;
        private long refused;

        Import(String batch, Consumer<BadLine> sink) {
            this.batch = batch;
            this.sink = sink;
        }

        void add(CsvLines.Line line) {
            boolean first = mayBeHeader;
            mayBeHeader = false;
            switch (line) {
                case CsvLines.Line.Unreadable(long number, String reason) -> refuse(number, reason);
                case CsvLines.Line.Readable(long _, List<String> cells) when first && isHeader(cells) -> {}
                case CsvLines.Line.Readable(long number, List<String> cells) -> read(number, cells.getFirst());
            }
        }

        void flush() {
            if (ids.isEmpty()) {
                return;
            }
            List<Listing> told = store.allow(batch, ids, clock.instant());
            for (int i = 0; i < told.size(); i++) {
                switch (told.get(i)) {
                    case LISTED -> listed++;
                    case UNCHANGED -> unchanged++;
                    case TAKEN -> bad(numbers.get(i), ids.get(i) + " is in another batch");
                }
            }
            lines += ids.size();
            numbers.clear();
            ids.clear();
        }

        private void read(long number, String text) {
            try {
                ids.add(HardwareId.of(text));
                numbers.add(number);
            } catch (ProblemException e) {
                refuse(number, e.detail());
            }
            if (ids.size() == ALLOWED_AT_ONCE) {
                flush();
            }
        }

        private void refuse(long number, String reason) {
            lines++;
            bad(number, reason);
        }

        private void bad(long number, String reason) {
            refused++;
            sink.accept(new BadLine(number, reason));
        }

        private static boolean isHeader(List<String> cells) {
            return cells.getFirst().matches("(?i)(device|hardware)[ _-]?id|mac|imei|serial( ?number)?|sn");
        }
    }
}
