package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.rule.BacklogPolicy;
import io.berth.core.rule.FlowPolicy;
import io.berth.core.rule.FlowPolicy.Scope;
import io.berth.core.rule.PolicyStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class PolicyStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private PolicyStore policies;

    PolicyStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        policies = storage.policies();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void keeps_flow_policies_of_every_scope() {
        List<FlowPolicy> all = List.of(
                new FlowPolicy("1", "所有", "", new Scope.Everything(), 1),
                new FlowPolicy("2", "b", "for HTTP", new Scope.OfKind("http"), 1_000_000),
                new FlowPolicy("3", "c", "", new Scope.OfRule("r1"), 5),
                new FlowPolicy("4", "c", "", new Scope.OfAction("r1", "a1"), 5));
        all.reversed().forEach(policies::put);

        assertThat(policies.flows()).isEqualTo(all);
        assertThat(policies.backlogs()).isEmpty();
    }

    @Test
    void keeps_backlog_policies_and_replaces_and_forgets_them() {
        BacklogPolicy first = new BacklogPolicy("1", "a", "", 1L << 40, Duration.ofDays(3));
        policies.put(first);
        policies.put(new BacklogPolicy("2", "b", "x", 0, Duration.ZERO));
        BacklogPolicy changed = new BacklogPolicy("2", "c", "y", 5, Duration.ofSeconds(7));

        policies.put(changed);
        assertThat(policies.backlogs()).containsExactly(first, changed);

        policies.delete("1");
        policies.delete("none");
        assertThat(policies.backlogs()).containsExactly(changed);
    }
}
