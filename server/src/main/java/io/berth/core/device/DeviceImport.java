package io.berth.core.device;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceCsv.Line;
import io.berth.core.device.DeviceStore.ImportVerdict;
import io.berth.core.device.Devices.Draft;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Registers many devices from a list, with the identities they bring along. May be repeated: what is there
/// already stays as it is. Blocking; memory for one batch, and in a dry run some 50 bytes for each device.
public final class DeviceImport {
    /// Large enough for the disk, small enough that other writes do not notice.
    private static final int BATCH = 5_000;

    private static final int MAX_PRODUCTS = 10_000;

    private final Devices devices;
    private final Products products;
    private final Predicate<Product> reached;

    public DeviceImport(Devices devices, Products products) {
        this(devices, products, _ -> true);
    }

    private DeviceImport(Devices devices, Products products, Predicate<Product> reached) {
        this.devices = devices;
        this.products = products;
        this.reached = reached;
    }

    /// For a caller for whom no other products exist.
    public DeviceImport within(Predicate<Product> reached) {
        return new DeviceImport(devices, products, reached);
    }

    /// What became of one line.
    public sealed interface Verdict {
        long line();

        record Created(long line, DeviceId device) implements Verdict {}

        record Unchanged(long line, DeviceId device) implements Verdict {}

        /// @param device null when the line could not be read so far
        record Refused(long line, @Nullable DeviceId device, Problem problem, String reason) implements Verdict {}
    }

    /// @param refused how many lines per reason
    public record Summary(long created, long unchanged, Map<Problem, Long> refused) {
        public Summary {
            refused = Collections.unmodifiableMap(new EnumMap<>(refused));
        }

        public long refusals() {
            return refused.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// Imports the lines and tells the sink of each, in order. A dry run says what an import would do and keeps
    /// nothing.
    public Summary run(Iterator<Line> lines, boolean dryRun, Consumer<Verdict> sink) {
        Run run = new Run(dryRun, sink);
        lines.forEachRemaining(run::add);
        run.flush();
        return run.summary();
    }

    private final class Run {
        private final boolean dryRun;
        private final Consumer<Verdict> sink;
        private final Map<String, Optional<Product>> known = new HashMap<>();
        private final SeenDevices seen = new SeenDevices();
        private final List<Pending> pending = new ArrayList<>(BATCH);
        private final Map<Problem, Long> refused = new EnumMap<>(Problem.class);
        private long created;
        private long unchanged;

        Run(boolean dryRun, Consumer<Verdict> sink) {
            this.dryRun = dryRun;
            this.sink = sink;
        }

        Summary summary() {
            Map<Problem, Long> reasons = new EnumMap<>(Problem.class);
            reasons.putAll(refused);
            return new Summary(created, unchanged, reasons);
        }

        void add(Line line) {
            pending.add(
                    switch (line) {
                        case Line.Unreadable(long number, String reason) ->
                            new Pending.Decided(new Verdict.Refused(number, null, Problem.INVALID_ARGUMENT, reason));
                        case Line.Readable(long number, Draft draft) -> prepare(number, draft);
                    });
            if (pending.size() == BATCH) {
                flush();
            }
        }

        void flush() {
            List<Draft> drafts = new ArrayList<>(pending.size());
            for (Pending each : pending) {
                if (each instanceof Pending.Open open) {
                    drafts.add(open.draft());
                }
            }
            Iterator<ImportVerdict> verdicts = drafts.isEmpty()
                    ? Collections.emptyIterator()
                    : devices.importAll(drafts, this::product, dryRun).iterator();
            for (Pending each : pending) {
                tell(
                        switch (each) {
                            case Pending.Decided(Verdict verdict) -> verdict;
                            case Pending.Open(long line, Draft draft) -> decide(line, draft, verdicts.next());
                        });
            }
            pending.clear();
        }

        /// The draft with its alias written out, unless it is decided before the store is asked.
        private Pending prepare(long line, Draft draft) {
            DeviceId id = draft.id();
            if (known.size() >= MAX_PRODUCTS) {
                known.clear();
            }
            Optional<Product> product = known.computeIfAbsent(id.product(), this::lookUp);
            if (product.isEmpty()) {
                return new Pending.Decided(verdict(line, draft, ImportVerdict.PRODUCT_NOT_FOUND));
            }
            String alias = draft.alias() != null ? draft.alias() : product.get().alias() + "_" + id.name();
            if (!Device.isAlias(alias)) {
                return new Pending.Decided(
                        refused(line, id, Problem.INVALID_ARGUMENT, "\"" + alias + "\" is no device alias; give one"));
            }
            Draft complete = new Draft(id, draft.secret(), alias, draft.nodeId(), draft.profile());
            ImportVerdict earlier = dryRun ? seen.verdict(complete) : null;
            return earlier != null
                    ? new Pending.Decided(verdict(line, complete, earlier))
                    : new Pending.Open(line, complete);
        }

        private Verdict decide(long line, Draft draft, ImportVerdict verdict) {
            if (dryRun && verdict == ImportVerdict.CREATED) {
                seen.add(draft);
            }
            return verdict(line, draft, verdict);
        }

        private static Verdict verdict(long line, Draft draft, ImportVerdict verdict) {
            DeviceId id = draft.id();
            return switch (verdict) {
                case CREATED -> new Verdict.Created(line, id);
                case UNCHANGED -> new Verdict.Unchanged(line, id);
                case PRODUCT_NOT_FOUND ->
                    refused(line, id, Problem.PRODUCT_NOT_FOUND, "no product \"" + id.product() + "\"");
                case DEVICE_EXISTS ->
                    refused(line, id, Problem.DEVICE_EXISTS, id + " exists with another secret or alias");
                case ALIAS_TAKEN ->
                    refused(line, id, Problem.ALIAS_TAKEN, "the alias \"" + draft.alias() + "\" names another device");
            };
        }

        private static Verdict refused(long line, DeviceId device, Problem problem, String reason) {
            return new Verdict.Refused(line, device, problem, reason);
        }

        private void tell(Verdict verdict) {
            switch (verdict) {
                case Verdict.Created _ -> created++;
                case Verdict.Unchanged _ -> unchanged++;
                case Verdict.Refused(long _, var _, Problem problem, String _) -> refused.merge(problem, 1L, Long::sum);
            }
            sink.accept(verdict);
        }

        private Product product(String key) {
            return known.computeIfAbsent(key, this::lookUp)
                    .orElseThrow(() -> new ProblemException(Problem.PRODUCT_NOT_FOUND, "no product \"" + key + "\""));
        }

        private Optional<Product> lookUp(String key) {
            try {
                return Optional.of(products.get(key)).filter(reached);
            } catch (ProblemException e) {
                if (e.problem() != Problem.PRODUCT_NOT_FOUND) {
                    throw e;
                }
                return Optional.empty();
            }
        }
    }

    private sealed interface Pending {
        record Decided(Verdict verdict) implements Pending {}

        record Open(long line, Draft draft) implements Pending {}
    }
}
