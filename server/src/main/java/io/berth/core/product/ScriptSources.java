package io.berth.core.product;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.product.ScriptBench.Trial;
import io.berth.core.product.Scripts.Result.Failed;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/// The scripts products have. What cannot work is refused before it is stored. Blocking; any thread.
public final class ScriptSources {
    private final ScriptStore store;
    private final Products products;
    private final ScriptBench bench;
    private final InstantSource clock;

    public ScriptSources(ScriptStore store, Products products, ScriptBench bench, InstantSource clock) {
        this.store = store;
        this.products = products;
        this.bench = bench;
        this.clock = clock;
    }

    /// In force for every message that arrives after it returns.
    public Script put(String product, String source) {
        products.get(product);
        requireFits(source);
        bench.objection(source).ifPresent(ScriptSources::refuse);
        Script script = new Script(product, source, clock.instant());
        store.put(script);
        bench.scriptChanged(product);
        return script;
    }

    public Optional<Script> find(String product) {
        return store.find(product);
    }

    public Script get(String product) {
        products.get(product);
        return find(product)
                .orElseThrow(
                        () -> new ProblemException(Problem.NOT_FOUND, "product \"" + product + "\" has no script"));
    }

    public void delete(String product) {
        get(product);
        store.delete(product);
        bench.scriptChanged(product);
    }

    public Trial tryOut(String source, ScriptBench.Call call) {
        requireFits(source);
        return bench.run(source, call);
    }

    public ScriptBench.Standing standing(String product) {
        return bench.standing(product);
    }

    private static void requireFits(String source) {
        require(
                source.getBytes(StandardCharsets.UTF_8).length <= Script.MAX_BYTES,
                "a script has at most " + Script.MAX_BYTES + " bytes");
    }

    private static void refuse(Trial trial) {
        if (trial.result() instanceof Failed failed) {
            String where = trial.line() > 0 ? "line " + trial.line() + ": " : "";
            throw new ProblemException(Problem.SCRIPT_FAILED, where + failed.detail());
        }
    }
}
