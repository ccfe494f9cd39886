package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.product.Product.NodeType;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A platform with the product `a1pk`, and calls that are done or refused.
@SuppressWarnings("NullAway.Init") // made before each test
abstract class ActionBed {
    @TempDir
    Path directory;

    TestOpenApi api;

    @BeforeEach
    void start() {
        api = new TestOpenApi(directory);
        api.makeProduct("a1pk", NodeType.DIRECT);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    JsonNode done(String action, String... parameters) {
        JsonNode answer = api.call(action, parameters);
        assertThat(answer.path("Success").asBoolean()).as("%s", answer).isTrue();
        return answer;
    }

    void assertRefused(String code, String action, String... parameters) {
        JsonNode answer = api.call(action, parameters);
        assertThat(answer.path("Code").asString()).as("%s", answer).isEqualTo(code);
        assertThat(answer.path("Success").asBoolean()).isFalse();
    }

    static String[] with(String[] parameters, String... more) {
        String[] all = Arrays.copyOf(parameters, parameters.length + more.length);
        System.arraycopy(more, 0, all, parameters.length, more.length);
        return all;
    }
}
