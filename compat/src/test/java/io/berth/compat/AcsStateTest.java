package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.iot.model.v20180120.GetDeviceShadowRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceDesiredPropertyRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceEventDataRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceOriginalEventDataRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceOriginalPropertyDataRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceOriginalPropertyStatusRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceOriginalServiceDataRequest;
import com.aliyuncs.iot.model.v20180120.QueryDevicePropertiesDataRequest;
import com.aliyuncs.iot.model.v20180120.QueryDevicePropertyDataRequest;
import com.aliyuncs.iot.model.v20180120.QueryDevicePropertyStatusRequest;
import com.aliyuncs.iot.model.v20180120.SetDeviceDesiredPropertyRequest;
import com.aliyuncs.iot.model.v20180120.UpdateDeviceShadowRequest;
import com.aliyuncs.iot.model.v20180120.UpdateProductFilterConfigRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// What is known of a device and wanted of it, read and written over aliyun-java-sdk-iot.
@ExtendWith(SharedServer.class)
@SuppressWarnings("NullAway.Init") // made before each test
final class AcsStateTest {
    private final BerthServer berth;
    private AcsLamp lamp;

    AcsStateTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeEach
    void make_lamp() throws ClientException {
        lamp = AcsLamp.make(berth);
    }

    @Test
    void what_a_device_reported_is_read_back() throws ClientException {
        long now = System.currentTimeMillis();
        try (StockDevice device = lamp.connect()) {
            lamp.report(device, "{\"Level\":{\"value\":6,\"time\":" + now + "}}");
            device.subscribe(lamp.system("thing/event/Hot/post_reply"));
            device.publish(
                    lamp.system("thing/event/Hot/post"),
                    "{\"id\":\"8\",\"version\":\"1.0\",\"method\":\"thing.event.Hot.post\",\"params\":{\"value\":{\"t\":90},"
                            + "\"time\":" + now + "}}");
            device.message(lamp.system("thing/event/Hot/post_reply"));
        }
        var status = new QueryDevicePropertyStatusRequest();
        status.setIotId(lamp.iotId());
        assertThat(lamp.done(status).getData().getList().getFirst().getValue()).isEqualTo("6");
        var one = new QueryDevicePropertyDataRequest();
        one.setIotId(lamp.iotId());
        one.setIdentifier("Level");
        one.setAsc(1);
        one.setPageSize(10);
        one.setStartTime(now);
        one.setEndTime(now);
        assertThat(lamp.done(one).getData().getList()).hasSize(1);
        var many = new QueryDevicePropertiesDataRequest();
        many.setIotId(lamp.iotId());
        many.setIdentifiers(List.of("Level"));
        many.setAsc(0);
        many.setPageSize(100);
        many.setStartTime(now);
        many.setEndTime(now);
        assertThat(lamp.done(many)
                        .getPropertyDataInfos()
                        .getFirst()
                        .getList()
                        .getFirst()
                        .getTime())
                .isEqualTo(now);
        var events = new QueryDeviceEventDataRequest();
        events.setIotId(lamp.iotId());
        events.setStartTime(now);
        events.setEndTime(now);
        assertThat(lamp.done(events).getData().getList().getFirst().getOutputData())
                .isEqualTo("{\"t\":90}");
    }

    @Test
    void wishes_and_shadows_go_there_and_back() throws ClientException {
        var want = new SetDeviceDesiredPropertyRequest();
        want.setIotId(lamp.iotId());
        want.setItems("{\"Level\":3}");
        want.setVersions("{\"Level\":0}");
        assertThat(lamp.done(want).getData().getVersions()).isEqualTo("{\"Level\":1}");
        var wanted = new QueryDeviceDesiredPropertyRequest();
        wanted.setIotId(lamp.iotId());
        assertThat(lamp.done(wanted).getData().getList().getFirst().getVersion())
                .isEqualTo(1);

        try (StockDevice device = lamp.connect()) {
            device.subscribe("/shadow/get/" + lamp.product() + "/lamp");
            var update = new UpdateDeviceShadowRequest();
            update.setProductKey(lamp.product());
            update.setDeviceName("lamp");
            update.setShadowMessage(
                    "{\"method\":\"update\",\"state\":{\"desired\":{\"color\":\"red\"}},\"version\":1}");
            lamp.done(update);
            assertThat(device.message("/shadow/get/").payload()).contains("\"control\"", "\"color\":\"red\"");
        }
        var get = new GetDeviceShadowRequest();
        get.setProductKey(lamp.product());
        get.setDeviceName("lamp");
        assertThat(JsonMapper.shared()
                        .readTree(lamp.done(get).getShadowMessage())
                        .at("/payload/state/desired/color")
                        .asString())
                .isEqualTo("red");
    }

    @Test
    void state_and_history_are_read_in_pages_by_token() throws ClientException {
        long now = System.currentTimeMillis();
        try (StockDevice device = lamp.connect()) {
            lamp.report(device, "{\"Level\":{\"value\":5,\"time\":" + (now - 1) + "}}");
            lamp.report(device, "{\"Level\":{\"value\":6,\"time\":" + now + "}}");
        }
        var status = new QueryDeviceOriginalPropertyStatusRequest();
        status.setIotId(lamp.iotId());
        status.setAsc(0);
        status.setPageSize(10);
        assertThat(lamp.done(status).getData().getList().getFirst().getTime()).isEqualTo(now);
        var values = new QueryDeviceOriginalPropertyDataRequest();
        values.setIotId(lamp.iotId());
        values.setIdentifier("Level");
        values.setAsc(1);
        values.setPageSize(1);
        values.setStartTime(now - 1);
        values.setEndTime(now);
        var first = lamp.done(values).getData();
        assertThat(first.getList().getFirst().getValue()).isEqualTo("5");
        assertThat(first.getNextValid()).isTrue();
        values.setNextPageToken(first.getNextPageToken());
        assertThat(lamp.done(values).getData().getList().getFirst().getValue()).isEqualTo("6");
        var events = new QueryDeviceOriginalEventDataRequest();
        events.setIotId(lamp.iotId());
        events.setIdentifier("Hot");
        events.setAsc(1);
        events.setPageSize(50);
        events.setStartTime(now);
        events.setEndTime(now);
        assertThat(lamp.done(events).getData().getList()).isEmpty();
        var services = new QueryDeviceOriginalServiceDataRequest();
        services.setIotId(lamp.iotId());
        services.setIdentifier("blink");
        services.setAsc(1);
        services.setPageSize(50);
        services.setStartTime(now);
        services.setEndTime(now);
        assertThat(lamp.done(services).getData().getList()).isEmpty();
    }

    @Test
    void values_that_only_repeat_are_left_out_where_the_product_wants_it_so() throws ClientException {
        var filter = new UpdateProductFilterConfigRequest();
        filter.setProductKey(lamp.product());
        filter.setPropertyTimestampFilter(false);
        filter.setPropertyValueFilter(true);
        lamp.done(filter);
        long now = System.currentTimeMillis();
        try (StockDevice device = lamp.connect()) {
            for (int i = 0; i < 3; i++) {
                lamp.report(device, "{\"Level\":{\"value\":6,\"time\":" + (now + i) + "}}");
            }
        }
        var values = new QueryDevicePropertyDataRequest();
        values.setIotId(lamp.iotId());
        values.setIdentifier("Level");
        values.setAsc(1);
        values.setPageSize(10);
        values.setStartTime(now);
        values.setEndTime(now + 3);
        assertThat(lamp.done(values).getData().getList()).hasSize(1);
    }
}
