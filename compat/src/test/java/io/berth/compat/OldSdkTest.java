package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Alibaba's SDK for applications as the bridge SDK carries it, aliyun-java-sdk-core 3.5.1 with
/// aliyun-java-sdk-iot 5.0.0: a program of its own (`compat/old-sdk`) on a class path of its own.
@ExtendWith(SharedServer.class)
final class OldSdkTest {
    private static final String PRODUCT = "a1OldSdk";
    private static final String KEY = OpenApi.KEY + "-old";

    private final BerthServer berth;

    OldSdkTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_product_and_key(BerthServer berth) {
        berth.api().createProduct(PRODUCT);
        berth.api().createAccessKey(KEY, OpenApi.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XML", "JSON"})
    void a_device_is_sought_registered_found_disabled_and_deleted(String format) throws Exception {
        Map<String, String> said = run(OpenApi.SECRET);

        assertThat(said.get(format + " unknown")).isEqualTo("false");
        assertThat(said.get(format + " registered")).isEqualTo("true old:1");
        assertThat(said.get(format + " found")).isEqualTo("true true");
        assertThat(said.get(format + " secret")).matches("[0-9a-f]{32}");
        assertThat(said.get(format + " status")).isEqualTo("UNACTIVE");
        assertThat(said.get(format + " properties")).isEqualTo("true");
        assertThat(said.get(format + " disabled")).isEqualTo("true DISABLE");
        assertThat(said.get(format + " product")).isEqualTo(PRODUCT);
        assertThat(said.get(format + " products")).isEqualTo("true");
        assertThat(said.get(format + " names")).isEqualTo("true");
        assertThat(said.get(format + " deleted")).isEqualTo("true");
    }

    @Test
    void a_wrong_secret_is_refused_in_words_it_reads() throws Exception {
        assertThat(run("wrong").get("trouble")).contains("SignatureDoesNotMatch");
    }

    private Map<String, String> run(String secret) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Checkout.java().toString(),
                        "-Dstdout.encoding=UTF-8",
                        "--class-path",
                        Checkout.oldSdkJars() + File.separator + "*",
                        Checkout.oldSdkProgram().toString(),
                        "127.0.0.1:" + berth.port("web"),
                        KEY,
                        secret,
                        PRODUCT)
                .redirectErrorStream(true)
                .start();
        try (var output = child.inputReader(UTF_8)) {
            List<String> lines = output.lines().toList();
            assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
            Map<String, String> said = new HashMap<>(Map.of("trouble", String.join("\n", lines)));
            lines.stream()
                    .map(line -> line.split("=", 2))
                    .filter(parts -> parts.length == 2)
                    .forEach(parts -> said.put(parts[0], parts[1]));
            assertThat(child.exitValue() == 0 || !secret.equals(OpenApi.SECRET))
                    .as("%s", lines)
                    .isTrue();
            return said;
        } finally {
            child.destroyForcibly();
        }
    }
}
