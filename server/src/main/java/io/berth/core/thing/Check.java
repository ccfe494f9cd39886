package io.berth.core.thing;

import io.berth.core.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gathers what does not fit while data are checked against a thing model. One message, one thread.
public final class Check {
    private final boolean toleratesFlags;
    private @Nullable List<Violation> violations;

    private Check(boolean toleratesFlags) {
        this.toleratesFlags = toleratesFlags;
    }

    /// Takes `true` and `false` for 1 and 0.
    public static Check tolerant() {
        return new Check(true);
    }

    /// A yes or no is 0 or 1 (spec aliyun-device 7).
    public static Check strict() {
        return new Check(false);
    }

    /// A check of the same strictness that has found nothing yet.
    Check fresh() {
        return new Check(toleratesFlags);
    }

    boolean toleratesFlags() {
        return toleratesFlags;
    }

    /// Records a violation; answers null, so that checks can return it in place of the value.
    @Nullable
    Value refuse(Violation.Kind kind, @Nullable DataType type, String path, String detail) {
        if (violations == null) {
            violations = new ArrayList<>(2);
        }
        violations.add(new Violation(kind, type, path, detail));
        return null;
    }

    public boolean isClean() {
        return violations == null;
    }

    /// In the order they were found; of nested values, the innermost first.
    public List<Violation> violations() {
        return violations == null ? List.of() : List.copyOf(violations);
    }

    /// The violations as one line.
    @Override
    public String toString() {
        return violations().stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
