package io.berth.script;

import io.berth.core.product.ScriptTraffic;
import io.berth.core.product.Scripts;
import java.util.concurrent.atomic.AtomicInteger;

final class CountedTraffic implements ScriptTraffic {
    final AtomicInteger converted = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    @Override
    public void converted(Scripts.Function function, long nanos) {
        converted.incrementAndGet();
    }

    @Override
    public void failed(Scripts.Function function, Scripts.Fault fault) {
        failed.incrementAndGet();
    }

    @Override
    public void processEnded() {
        ended.incrementAndGet();
    }
}
