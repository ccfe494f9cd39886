package io.berth.dialect.huawei.device;

import io.berth.core.thing.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Gathers why parts of one message are not kept, in the words they are counted under.
final class LeftOut {
    private final List<String> reasons = new ArrayList<>(0);

    void add(String reason) {
        reasons.add(reason);
    }

    void add(Check check) {
        check.violations()
                .forEach(violation ->
                        add(violation.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    List<String> reasons() {
        return reasons;
    }
}
