package io.berth.core.batch;

import io.berth.core.Payload;
import java.util.List;
import java.util.Optional;

/// Where files for batches are kept, encrypted: there may be secrets in them. Blocking; a returned change is
/// durable.
public interface BatchFileStore {
    /// LIMIT_REACHED when there are so many already.
    void insert(BatchFile file, Payload content, int most);

    /// By id, the newest first.
    List<BatchFile> list();

    Optional<Payload> content(String id);

    void delete(String id);
}
