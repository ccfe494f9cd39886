package io.berth.core.batch;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.batch.Batch.Scope;
import io.berth.core.batch.BatchStore.Filter;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.product.Product;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The batches as a caller sees them: those of resource spaces it has no rights in do not exist for it, and
/// what it makes acts in its own spaces only. Blocking; any thread.
public final class BatchReach {
    private final Batches batches;
    private final Rights rights;

    BatchReach(Batches batches, Rights rights) {
        this.batches = batches;
        this.rights = rights;
    }

    /// NOT_FOUND also when it is out of reach.
    public Batch get(BatchId id) {
        Batch batch = batches.get(id);
        String space = batch.scope().space();
        if (!rights.spaces().isEmpty() && (space == null || !rights.reach(space))) {
            throw BatchId.notFound(id.toString());
        }
        return batch;
    }

    /// The same for one that is to be changed; FORBIDDEN without the right to what it does.
    public Batch change(BatchId id) {
        Batch batch = get(id);
        rights.demand(Role.OPERATOR, batch.kind().area());
        return batch;
    }

    /// The newest first.
    public Page<Batch> list(Filter filter, Page.Request page) {
        return batches.list(within(filter), page);
    }

    /// How many there are, whatever the page.
    public long count(Filter filter) {
        return batches.count(within(filter));
    }

    /// Where a batch of this kind may act. FORBIDDEN without the right to it or to the space;
    /// INVALID_ARGUMENT when the caller has to say which of its spaces is meant.
    public Scope scope(Batch.Kind kind, @Nullable String space) {
        rights.demand(Role.OPERATOR, kind.area());
        if (space != null) {
            demand(space);
            return new Scope(null, space);
        }
        Set<String> own = rights.spaces();
        ProblemException.require(own.size() <= 1, "name the resource space: the caller has rights in several");
        return new Scope(null, own.isEmpty() ? null : own.iterator().next());
    }

    /// The same for the registration of devices of one product, which is within reach.
    public Scope scope(Product product) {
        rights.demand(Role.OPERATOR, Batch.Kind.REGISTER.area());
        return new Scope(product.key(), product.space());
    }

    private Filter within(Filter filter) {
        filter.spaces().forEach(this::demand);
        return filter.spaces().isEmpty() ? filter.within(rights.spaces()) : filter;
    }

    private void demand(String space) {
        if (!rights.reach(space)) {
            throw new ProblemException(Problem.FORBIDDEN, "the caller has no rights in resource space " + space);
        }
    }
}
