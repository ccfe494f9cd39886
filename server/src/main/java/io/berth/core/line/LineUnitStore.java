package io.berth.core.line;

import io.berth.core.Page;
import io.berth.core.line.LineUnit.Visit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where batches and their units are kept. Blocking; a returned call is durable.
public interface LineUnitStore {
    /// VERSION_CONFLICT when the name is taken, LIMIT_REACHED when there are so many already.
    void insert(LineBatch batch, int most);

    Optional<LineBatch> findBatch(String name);

    /// By name.
    ///
    /// @param spaces only those of products in these resource spaces; empty for all
    Page<LineBatch> batches(Set<String> spaces, Page.Request page);

    LineBatch.Tally tally(String batch);

    /// Closes it, or leaves it closed. NOT_FOUND.
    void close(String batch, Instant now);

    /// Lists ids in a batch and says what became of each, in order.
    List<Listing> allow(String batch, List<HardwareId> ids, Instant now);

    enum Listing {
        LISTED,
        /// It is in this batch already.
        UNCHANGED,
        /// It is in another batch.
        TAKEN
    }

    Optional<LineUnit> find(HardwareId id);

    /// Those of a batch, by id.
    Page<LineUnit> list(String batch, Page.Request page);

    /// Gives the unit its place in the quota of its batch, unless it has one.
    ///
    /// @return false when the batch is closed or its quota is used up
    boolean reserve(HardwareId id);

    /// Notes that the secret goes out, if it may: the unit is not blocked, and of a batch that hands out once
    /// it is the first time. Of requests that come together each sees the ones before it.
    ///
    /// @param elsewhereToo whether it may go to another place than before
    /// @return the unit as it was before; empty when the secret must not go out
    Optional<LineUnit> handOut(HardwareId id, Visit visit, boolean elsewhereToo);

    /// Notes that the device carries its secret.
    ///
    /// @return false when that was noted before, or the secret was never handed out
    boolean burn(HardwareId id, Visit visit);

    /// NOT_FOUND.
    void block(HardwareId id, boolean blocked);

    /// Makes the unit as if nobody had asked for it. NOT_FOUND.
    ///
    /// @param again whether it is to be registered anew: its device is gone
    void reopen(HardwareId id, boolean again);
}
