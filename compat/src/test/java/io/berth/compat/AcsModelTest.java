package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.iot.model.v20180120.CopyThingModelRequest;
import com.aliyuncs.iot.model.v20180120.CreateThingModelRequest;
import com.aliyuncs.iot.model.v20180120.CreateThingScriptRequest;
import com.aliyuncs.iot.model.v20180120.DeleteThingModelRequest;
import com.aliyuncs.iot.model.v20180120.GetThingModelTslPublishedRequest;
import com.aliyuncs.iot.model.v20180120.GetThingModelTslRequest;
import com.aliyuncs.iot.model.v20180120.GetThingScriptRequest;
import com.aliyuncs.iot.model.v20180120.ListThingModelVersionRequest;
import com.aliyuncs.iot.model.v20180120.ListThingTemplatesRequest;
import com.aliyuncs.iot.model.v20180120.QueryThingModelExtendConfigPublishedRequest;
import com.aliyuncs.iot.model.v20180120.QueryThingModelExtendConfigRequest;
import com.aliyuncs.iot.model.v20180120.QueryThingModelPublishedRequest;
import com.aliyuncs.iot.model.v20180120.QueryThingModelRequest;
import com.aliyuncs.iot.model.v20180120.UpdateThingModelRequest;
import com.aliyuncs.iot.model.v20180120.UpdateThingScriptRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Thing models and scripts over aliyun-java-sdk-iot.
@ExtendWith(SharedServer.class)
@SuppressWarnings("NullAway.Init") // made before each test
final class AcsModelTest {
    private static final String SWITCH =
            "{\"properties\":[{\"identifier\":\"On\",\"name\":\"on\",\"dataType\":\"BOOL\","
                    + "\"rwFlag\":\"READ_WRITE\",\"dataSpecsList\":[{\"dataType\":\"BOOL\",\"name\":\"off\",\"value\":0},"
                    + "{\"dataType\":\"BOOL\",\"name\":\"on\",\"value\":1}]}]}";

    private final BerthServer berth;
    private AcsLamp lamp;

    AcsModelTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeEach
    void make_lamp() throws ClientException {
        lamp = AcsLamp.make(berth);
    }

    @Test
    void a_model_is_changed_feature_by_feature() throws ClientException {
        var create = new CreateThingModelRequest();
        create.setProductKey(lamp.product());
        create.setThingModelJson(SWITCH);
        lamp.done(create);
        var update = new UpdateThingModelRequest();
        update.setProductKey(lamp.product());
        update.setIdentifier("On");
        update.setThingModelJson(SWITCH.replace("\"On\"", "\"Power\""));
        lamp.done(update);
        var delete = new DeleteThingModelRequest();
        delete.setProductKey(lamp.product());
        delete.setEventIdentifiers(List.of("Hot"));
        lamp.done(delete);
        var draft = new QueryThingModelRequest();
        draft.setProductKey(lamp.product());
        assertThat(lamp.done(draft).getData().getThingModelJson())
                .contains("Power", "Level")
                .doesNotContain("Hot");
        var published = new QueryThingModelPublishedRequest();
        published.setProductKey(lamp.product());
        assertThat(lamp.done(published).getData().getThingModelJson())
                .contains("Hot")
                .doesNotContain("Power");
        var tsl = new GetThingModelTslRequest();
        tsl.setProductKey(lamp.product());
        tsl.setSimple(true);
        assertThat(lamp.done(tsl).getData().getTslStr()).contains("Power");
        var publishedTsl = new GetThingModelTslPublishedRequest();
        publishedTsl.setProductKey(lamp.product());
        publishedTsl.setModelVersion("v1.0");
        assertThat(lamp.done(publishedTsl).getData().getTslStr()).contains("Hot");
        var versions = new ListThingModelVersionRequest();
        versions.setProductKey(lamp.product());
        assertThat(lamp.done(versions).getData().getModelVersions().getFirst().getModelVersion())
                .isEqualTo("v1.0");
        var copy = new CopyThingModelRequest();
        copy.setSourceProductKey(lamp.product());
        copy.setTargetProductKey(lamp.product());
        copy.setSourceModelVersion("v1.0");
        lamp.done(copy);
        assertThat(lamp.done(new ListThingTemplatesRequest()).getData()).isEmpty();
        var extension = new QueryThingModelExtendConfigRequest();
        extension.setProductKey(lamp.product());
        assertThat(lamp.done(extension).getData().getConfiguration()).contains(lamp.product());
        var publishedExtension = new QueryThingModelExtendConfigPublishedRequest();
        publishedExtension.setProductKey(lamp.product());
        publishedExtension.setModelVersion("v1.0");
        assertThat(lamp.done(publishedExtension).getData().getConfiguration()).contains(lamp.product());
    }

    @Test
    void a_script_is_changed_and_fetched() throws ClientException, IOException, InterruptedException {
        var script = new CreateThingScriptRequest();
        script.setProductKey(lamp.product());
        script.setScriptType("JavaScript");
        script.setScriptContent(
                "function rawDataToProtocol(b) { return {}; } function protocolToRawData(j) { return []; }");
        lamp.done(script);
        var again = new UpdateThingScriptRequest();
        again.setProductKey(lamp.product());
        again.setScriptType("JavaScript");
        again.setScriptContent(
                "function rawDataToProtocol(b) { return {a: 1}; } function protocolToRawData(j) { return []; }");
        lamp.done(again);
        var get = new GetThingScriptRequest();
        get.setProductKey(lamp.product());
        var found = lamp.done(get).getData();
        assertThat(found.getScriptType()).isEqualTo("JavaScript");
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpRequest fetch =
                    HttpRequest.newBuilder(URI.create(found.getScriptUrl())).build();
            HttpRequest wrong = HttpRequest.newBuilder(URI.create(found.getScriptUrl() + "0"))
                    .build();
            assertThat(browser.send(fetch, BodyHandlers.ofString()).body()).isEqualTo(again.getScriptContent());
            assertThat(browser.send(wrong, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        }
    }
}
