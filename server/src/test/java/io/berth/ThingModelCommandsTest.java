package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The thing model of a product on a whole server: in as one vendor's file, out as the other's.
final class ThingModelCommandsTest {
    private static final String TSL = """
            {"profile":{"productKey":"elsewhere"},"properties":[
            {"identifier":"Temp","name":"Temperature","accessMode":"rw","dataType":{"type":"float","specs":{"min":"-40","max":"120","unit":"°C"}}},
            {"identifier":"Mode","accessMode":"rw","dataType":{"type":"enum","specs":{"0":"auto","7":"boost"}}}]}""";

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    private static RunningBerth berth;
    private static Operator operator;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    @Test
    void a_model_comes_in_as_a_tsl_and_goes_out_as_huaweis_zip_and_in_again() throws IOException {
        operator.does("product", "create", "Lamp", "--key", "lamp", "--huawei-id", "hwlamp");
        Path tsl = Files.writeString(folder.resolve("tsl.json"), TSL);
        Path zip = folder.resolve("model.zip");
        assertThat(operator.types("thing", "import", "lamp", tsl.toString(), "--publish")
                        .out())
                .startsWith("published version 1");
        assertThat(operator.types("thing", "export", "lamp", "--format", "huawei-zip", "--out", zip.toString())
                        .err())
                .contains("note: property Mode: the choice {0=auto, 7=boost} becomes any int from 0 to 7");
        assertThat(operator.does("thing", "import", "lamp", zip.toString())
                        .get("format")
                        .asString())
                .isEqualTo("huawei-zip");
        assertThat(operator.types("thing", "model", "lamp", "--draft").out()).contains("Mode  property rw  int 0..7");
        assertThat(operator.types("thing", "model", "lamp").out()).contains("one of 0 auto, 7 boost");
        assertThat(operator.types("thing", "publish", "lamp").out()).startsWith("published version 2");
        assertThat(operator.types("thing", "versions", "lamp").out().lines()).hasSize(3);
    }

    @Test
    void a_file_with_faults_leaves_the_model_alone() throws IOException {
        operator.does("product", "create", "Tank", "--key", "tank");
        Path bad = Files.writeString(
                folder.resolve("bad.json"), TSL.replace("\"-40\"", "\"cold\"").replace("\"7\"", "\"hot\""));
        assertThat(operator.isRefused("thing", "import", "tank", bad.toString()))
                .contains("properties[0].dataType.specs.min: \"cold\" is no number")
                .contains("properties[1].dataType.specs.hot");
        assertThat(operator.isRefused("thing", "model", "tank", "--draft")).contains("berth thing import");
        assertThat(operator.isRefused("thing", "publish", "tank")).isNotBlank();
    }
}
