package io.berth.benchmarks;

import io.berth.core.credential.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Signs what a login signs and compares it in constant time, for both vendors' order of key and message.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignatureBenchmark {
    private final byte[] secret = bytes("0123456789abcdef0123456789abcdef");
    private final byte[] content = bytes("clientIda1pk.dev1deviceNamedev1productKeya1pktimestamp2524608000000");
    private final byte[] hour = bytes("2024010203");
    private final String contentSigned = Hmac.SHA256.hex(secret, content);
    private final String secretSigned = Hmac.SHA256.hex(hour, secret);

    @Benchmark
    public boolean aliyun() {
        return Hmac.matches(Hmac.SHA256.sign(secret, content), contentSigned);
    }

    @Benchmark
    public boolean huawei() {
        return Hmac.matches(Hmac.SHA256.sign(hour, secret), secretSigned);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
