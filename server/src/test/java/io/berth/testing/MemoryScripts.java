package io.berth.testing;

import io.berth.core.product.Script;
import io.berth.core.product.ScriptStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A store of scripts that counts how often it is read.
public final class MemoryScripts implements ScriptStore {
    public final AtomicInteger reads = new AtomicInteger();
    private final ConcurrentMap<String, Script> scripts = new ConcurrentHashMap<>();

    public void put(String product, String source) {
        put(new Script(product, source, Instant.EPOCH));
    }

    @Override
    public Optional<Script> find(String product) {
        reads.incrementAndGet();
        return Optional.ofNullable(scripts.get(product));
    }

    @Override
    public void put(Script script) {
        scripts.put(script.product(), script);
    }

    @Override
    public void delete(String product) {
        scripts.remove(product);
    }
}
