package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.state.RepeatRule;
import io.berth.core.state.RepeatRuleStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class RepeatRuleStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private RepeatRuleStore rules;

    RepeatRuleStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        rules = storage.repeatRules();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void a_product_has_one_rule_and_takes_it_with_it() {
        rules.put(new RepeatRule("pk", true, false));
        rules.put(new RepeatRule("pk", false, true));

        assertThat(rules.list()).containsExactly(new RepeatRule("pk", false, true));
        assertThat(rules.find("pk")).contains(new RepeatRule("pk", false, true));
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> rules.put(new RepeatRule("none", true, true)));

        storage.products().delete("pk");
        assertThat(rules.find("pk")).isEmpty();
    }
}
