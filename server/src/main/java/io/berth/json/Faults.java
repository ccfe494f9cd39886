package io.berth.json;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What is wrong with a document that a person wrote. Readers go on after a fault, so that all of them are
/// named at once.
public final class Faults {
    /// A file of another kind breaks a rule in every line; nobody reads that many.
    static final int MAX_NAMED = 50;

    private final List<String> named = new ArrayList<>();
    private int more;

    public void add(String fault) {
        if (named.size() < MAX_NAMED) {
            named.add(fault);
        } else {
            more++;
        }
    }

    public void addAll(Collection<String> faults) {
        faults.forEach(this::add);
    }

    /// Refuses the document with this problem if anything was wrong.
    public void refuse(Problem problem) {
        if (!named.isEmpty()) {
            throw new ProblemException(
                    problem, String.join("; ", named) + (more == 0 ? "" : "; and " + more + " more faults"));
        }
    }
}
