package io.berth.core.line;

import io.berth.core.Page;
import io.berth.core.caller.Rights;
import io.berth.core.line.LineBatch.HandOut;
import io.berth.core.product.Products;
import java.util.List;

/// The line as a caller sees it: batches and units of products in resource spaces it has no rights in do not
/// exist for it, nor do stations that serve any such product. Blocking; any thread.
public final class LineReach {
    private final Line line;
    private final Rights rights;

    LineReach(Line line, Rights rights) {
        this.line = line;
        this.rights = rights;
    }

    /// PRODUCT_NOT_FOUND also when the product is out of reach; else as [LineBatches#create].
    public LineBatch begin(String name, String product, long quota, HandOut handOut) {
        demand(product);
        return line.batches().create(name, product, quota, handOut);
    }

    /// By name.
    public Page<LineBatch> batches(Page.Request page) {
        return line.batches().list(rights.spaces(), page);
    }

    /// NOT_FOUND also when it is out of reach.
    public LineBatch batch(String name) {
        LineBatch batch = line.batches().get(name);
        if (!covers(batch.product())) {
            throw LineBatches.notFound(name);
        }
        return batch;
    }

    /// NOT_FOUND also when it is out of reach.
    public LineUnit unit(HardwareId id) {
        LineUnit unit = line.units().get(id);
        if (!covers(unit.batch().product())) {
            throw LineUnits.notFound(id);
        }
        return unit;
    }

    /// Of a station that is to be made. FORBIDDEN when it would serve every product and the caller must not,
    /// PRODUCT_NOT_FOUND when one of them is out of reach.
    public void demandServed(List<String> products) {
        if (products.isEmpty()) {
            rights.demandAllSpaces();
        }
        products.forEach(this::demand);
    }

    public List<Station> stations() {
        return line.stations().list().stream().filter(this::covers).toList();
    }

    /// NOT_FOUND also when it is out of reach.
    public Station station(String name) {
        Station station = line.stations().get(name);
        if (!covers(station)) {
            throw Stations.notFound(name);
        }
        return station;
    }

    private boolean covers(Station station) {
        return rights.spaces().isEmpty()
                || (!station.products().isEmpty() && station.products().stream().allMatch(this::covers));
    }

    private boolean covers(String product) {
        return rights.spaces().isEmpty()
                || line.products()
                        .find(product)
                        .filter(found -> rights.reach(found.space()))
                        .isPresent();
    }

    private void demand(String product) {
        if (!covers(product)) {
            throw Products.notFound(product);
        }
    }
}
