package io.berth.core.batch;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.BatchStore.Numbers;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.DeviceStore.ImportVerdict;
import io.berth.core.device.Devices;
import io.berth.core.device.Devices.Draft;
import io.berth.core.device.SeenDevices;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of a registration: some thousand devices in one transaction together with what the batch knows
/// of them, so that a crash neither repeats nor skips one.
///
/// A target's input may say `secret`, `alias`, `node-id`, `nickname`, `description` and `extension`; what it
/// does not say is made up or stays empty.
final class Registrations {
    private final BatchStore store;
    private final Devices devices;
    private final Products products;

    Registrations(BatchStore store, Devices devices, Products products) {
        this.store = store;
        this.devices = devices;
        this.products = products;
    }

    /// The next devices with made up names.
    void generate(Batch batch, int most) {
        Product product = products.get(product(batch));
        NameSeries names = NameSeries.of(batch);
        long from = batch.progress().next();
        long to = Math.min(from + most, names.count());
        List<Target> targets = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (long number = from + 1; number <= to; number++) {
            DeviceId id = new DeviceId(product.key(), names.name(number));
            targets.add(Target.of(number, id));
            drafts.add(new Draft(id, null, null, null));
        }
        Numbers numbers = new Numbers(from, to);
        devices.importAll(
                drafts,
                _ -> product,
                made -> store.register(batch.id(), numbers, made, verdicts -> refused(settled(targets, verdicts))));
    }

    /// These devices of a list.
    void register(Batch batch, List<Target> targets) {
        Numbers numbers = new Numbers(batch.progress().next(), batch.progress().next());
        Plan plan = plan(batch.scope(), targets);
        devices.importAll(plan.drafts, plan::product, made -> store.register(batch.id(), numbers, made, plan::settled));
    }

    /// A look at one list before it is registered.
    Examination examination(Batch.Scope scope) {
        return new Examination(scope);
    }

    /// What would become of the targets of one list now, part by part: those that would fail have failed, the
    /// others wait.
    final class Examination {
        private final Batch.Scope scope;
        private final SeenDevices seen = new SeenDevices();
        private final Map<String, Long> room = new HashMap<>();

        Examination(Batch.Scope scope) {
            this.scope = scope;
        }

        List<Target> of(List<Target> part) {
            Plan plan = plan(
                    scope,
                    part.stream()
                            .filter(target -> target.state() == Target.State.WAITING)
                            .toList());
            List<ImportVerdict> verdicts = devices.importAll(plan.drafts, plan::product, true);
            Map<Long, Target> looked = new HashMap<>();
            plan.failed.forEach(target -> looked.put(target.place(), target));
            for (int i = 0; i < verdicts.size(); i++) {
                Target target = plan.open.get(i);
                looked.put(target.place(), look(target, plan.drafts.get(i), verdicts.get(i)));
            }
            return part.stream()
                    .map(target -> looked.getOrDefault(target.place(), target))
                    .toList();
        }

        /// The store knows nothing of earlier parts, and nobody promised it the room they take.
        private Target look(Target target, Draft draft, ImportVerdict verdict) {
            ImportVerdict earlier = seen.verdict(draft);
            if (earlier == ImportVerdict.ALIAS_TAKEN) {
                return target.failed(Problem.ALIAS_TAKEN, "an earlier device of the list has the same alias");
            }
            if (earlier != null) {
                return target.failed(Problem.DEVICE_EXISTS, "the list names " + draft.id() + " before");
            }
            seen.add(draft);
            if (verdict.isRefused()) {
                return settled(target, verdict);
            }
            String product = draft.id().product();
            long left = room.computeIfAbsent(product, devices::room);
            if (verdict == ImportVerdict.CREATED && left == 0) {
                return settled(target, ImportVerdict.PRODUCT_FULL);
            }
            room.put(product, verdict == ImportVerdict.CREATED ? left - 1 : left);
            return target;
        }
    }

    private Plan plan(Batch.Scope scope, List<Target> targets) {
        Plan plan = new Plan(scope);
        targets.forEach(plan::add);
        return plan;
    }

    /// Targets on their way into the store: some fail before they are drafts.
    private final class Plan {
        private final Batch.Scope scope;
        private final Map<String, Optional<Product>> known = new HashMap<>();
        private final List<Target> failed = new ArrayList<>();
        private final List<Target> open = new ArrayList<>();
        private final List<Draft> drafts = new ArrayList<>();

        Plan(Batch.Scope scope) {
            this.scope = scope;
        }

        void add(Target target) {
            if (target.isUnreadable()) {
                failed.add(target.failedAgain());
                return;
            }
            try {
                drafts.add(draft(target));
                open.add(target);
            } catch (ProblemException e) {
                failed.add(target.failed(e.problem(), e.detail()));
            }
        }

        Product product(String key) {
            return known.computeIfAbsent(key, products::find)
                    .filter(product -> scope.covers(product))
                    .orElseThrow(() -> Products.notFound(key));
        }

        List<Target> settled(List<ImportVerdict> verdicts) {
            List<Target> all = new ArrayList<>(failed);
            all.addAll(Registrations.settled(open, verdicts));
            return all;
        }

        private Draft draft(Target target) {
            DeviceId id = target.id();
            Product product = product(id.product());
            Document input = new Document(target.input());
            String nodeId = Optional.ofNullable(input.text("node-id")).orElse(id.name());
            String alias = Optional.ofNullable(input.text("alias")).orElse(product.alias() + "_" + nodeId);
            ProblemException.require(Device.isAlias(alias), "\"" + alias + "\" is no device alias; give one");
            String secret = input.text("secret");
            return new Draft(
                    id,
                    secret == null ? null : new Secret(secret),
                    alias,
                    nodeId,
                    Steps.profile(input, DeviceProfile.EMPTY));
        }
    }

    private static String product(Batch batch) {
        String product = batch.scope().product();
        if (product == null) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "the batch names no product");
        }
        return product;
    }

    private static List<Target> refused(List<Target> settled) {
        return settled.stream()
                .filter(target -> target.state() == Target.State.FAILED)
                .toList();
    }

    private static List<Target> settled(List<Target> targets, List<ImportVerdict> verdicts) {
        List<Target> settled = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            settled.add(settled(targets.get(i), verdicts.get(i)));
        }
        return settled;
    }

    private static Target settled(Target target, ImportVerdict verdict) {
        return switch (verdict) {
            case CREATED, UNCHANGED -> target.done(Value.Fields.NONE);
            case PRODUCT_NOT_FOUND -> target.failed(Problem.PRODUCT_NOT_FOUND, "the product is gone");
            case DEVICE_EXISTS -> target.failed(Problem.DEVICE_EXISTS, target.name() + " exists already");
            case ALIAS_TAKEN -> target.failed(Problem.ALIAS_TAKEN, "the alias names another device");
            case PRODUCT_FULL ->
                target.failed(DeviceStore.productFull(target.id().product()));
        };
    }
}
