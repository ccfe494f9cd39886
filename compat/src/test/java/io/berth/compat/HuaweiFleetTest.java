package io.berth.compat;

import static io.berth.compat.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.*;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Searches, groups, tags and queues through the SDK of Huawei's applications.
@ExtendWith(SharedServer.class)
final class HuaweiFleetTest {
    private static final String KEY = "fleet-test";
    private static final String SECRET = "fleet-test-secret";
    private static final String PRODUCT = "65f0fleet";

    private final BerthServer berth;
    private final IoTDAClient client;

    HuaweiFleetTest(BerthServer berth) {
        this.berth = berth;
        this.client = new HuaweiApplication(berth, KEY, SECRET).derived();
    }

    @BeforeAll
    static void make_a_fleet(BerthServer berth) {
        berth.api().createProduct("a1HuaweiFleet", PRODUCT, "direct");
        berth.api().createAccessKey(KEY, SECRET);
        IoTDAClient client = new HuaweiApplication(berth, KEY, SECRET).derived();
        for (int i = 0; i < 5; i++) {
            client.addDevice(new AddDeviceRequest()
                    .withBody(new AddDevice()
                            .withProductId(PRODUCT)
                            .withNodeId("car" + i)
                            .withDeviceName("Wagen '" + i + "'")));
        }
    }

    @Test
    void devices_are_found_by_what_they_are() {
        assertThat(found("select * from device where product_id = '65f0fleet'"))
                .containsExactly("car4", "car3", "car2", "car1", "car0");
        assertThat(found("select node_id from device where product_id = '65f0fleet' and node_id in ('car1', 'car2')"
                        + " order by marker asc"))
                .containsExactly("car1", "car2");
        assertThat(found("SELECT * FROM device WHERE device_id like '65f0fleet_car%' ORDER BY marker DESC LIMIT 1, 2"))
                .containsExactly("car3", "car2");
        assertThat(found("select * from device where device_name = 'Wagen ''3''' or device_name = 'Wagen ''4'''"))
                .containsExactly("car4", "car3");
        assertThat(found("select * from device where product_id = '65f0fleet' and status != 'INACTIVE'"))
                .isEmpty();
        assertThat(found("select * from device where product_id = 'nowhere'")).isEmpty();
        assertThat(search("select count(*) from device where product_id = '65f0fleet'")
                        .getCount())
                .isEqualTo(5);
    }

    @Test
    void a_search_shows_what_was_asked_for() {
        SearchDevice device = search("select device_id, status from device where device_id = '65f0fleet_car1'")
                .getDevices()
                .getFirst();
        assertThat(device.getDeviceId()).isEqualTo("65f0fleet_car1");
        assertThat(device.getStatus()).isEqualTo("INACTIVE");
        assertThat(device.getProductId()).isNull();
    }

    @Test
    void a_search_that_cannot_be_read_is_refused() {
        for (String sql : List.of(
                "",
                "select",
                "delete from device",
                "select * from product",
                "select * from device where",
                "select * from device where a = 1",
                "select * from device where device_id ~ 'x'",
                "select * from device where device_id = 'x",
                "select * from device where device_id like '%x'",
                "select * from device limit 51",
                "select * from device limit 501, 10",
                "select * from device; drop table device",
                "select * from device where " + "node_id = 'a' or ".repeat(5) + "node_id = 'b'",
                "select * from device where device_id = '" + "x".repeat(400) + "'")) {
            assertThat(refused(() -> search(sql))).as(sql).isEqualTo("400 IOTDA.000006");
        }
    }

    @Test
    void a_group_has_members_and_stands_in_another() {
        AddDeviceGroupResponse outer = group("Süd", null);
        AddDeviceGroupResponse inner = group("Süd 路 1", outer.getGroupId());
        assertThat(inner.getSuperGroupId()).isEqualTo(outer.getGroupId());
        assertThat(inner.getGroupType()).isEqualTo("STATIC");
        member(inner, "addDevice", "65f0fleet_car1");
        member(inner, "addDevice", "65f0fleet_car2");
        ShowDevicesInGroupResponse members = client.showDevicesInGroup(
                new ShowDevicesInGroupRequest().withGroupId(inner.getGroupId()).withLimit(1));
        assertThat(members.getPage().getCount()).isEqualTo(2);
        assertThat(members.getDevices())
                .singleElement()
                .satisfies(device -> assertThat(device.getNodeId()).isEqualTo("car2"));
        assertThat(client.listDeviceGroupsByDevice(new ListDeviceGroupsByDeviceRequest().withDeviceId("65f0fleet_car1"))
                        .getDeviceGroups())
                .extracting(ListDeviceGroupSummary::getName)
                .containsExactly("Süd 路 1");
        assertThat(found("select * from device where group_id = '" + inner.getGroupId() + "'"))
                .containsExactly("car2", "car1");
        assertThat(refused(() -> delete(inner))).isEqualTo("409 IOTDA.014004");
        assertThat(refused(() -> delete(outer))).isEqualTo("409 IOTDA.014004");
        member(inner, "removeDevice", "65f0fleet_car1");
        member(inner, "removeDevice", "65f0fleet_car2");
        delete(inner);
        delete(outer);
        assertThat(refused(() -> client.showDeviceGroup(new ShowDeviceGroupRequest().withGroupId(outer.getGroupId()))))
                .isEqualTo("404 IOTDA.000003");
    }

    @Test
    void a_dynamic_group_has_what_its_rule_finds() {
        String rule = "product_id = '65f0fleet' and node_id in ('car0', 'car4')";
        AddDeviceGroupResponse group = client.addDeviceGroup(new AddDeviceGroupRequest()
                .withBody(new AddDeviceGroupDTO()
                        .withName("动态")
                        .withGroupType("DYNAMIC")
                        .withDynamicGroupRule(rule)));
        assertThat(group.getGroupType()).isEqualTo("DYNAMIC");
        assertThat(group.getDynamicGroupRule()).isEqualTo(rule);
        assertThat(client.showDevicesInGroup(new ShowDevicesInGroupRequest().withGroupId(group.getGroupId()))
                        .getDevices())
                .extracting(SimplifyDevice::getNodeId)
                .containsExactly("car4", "car0");
        assertThat(client.listDeviceGroups(new ListDeviceGroupsRequest()
                                .withGroupType("DYNAMIC")
                                .withName("动态"))
                        .getDeviceGroups())
                .extracting(DeviceGroupResponseSummary::getGroupId)
                .containsExactly(group.getGroupId());
        assertThat(refused(() -> member(group, "addDevice", "65f0fleet_car1"))).isEqualTo("400 IOTDA.000006");

        CreateBatchTaskResponse task = client.createBatchTask(new CreateBatchTaskRequest()
                .withBody(new CreateBatchTask()
                        .withTaskName("of the group")
                        .withTaskType("unfreezeDevices")
                        .withTargetsFilter(Map.of("group_ids", List.of(group.getGroupId())))));
        assertThat(task.getTaskProgress().getTotal()).isEqualTo(2);
        delete(group);
    }

    @Test
    void groups_are_renamed_and_listed() {
        AddDeviceGroupResponse made = group("vorher", null);
        UpdateDeviceGroupResponse renamed = client.updateDeviceGroup(new UpdateDeviceGroupRequest()
                .withGroupId(made.getGroupId())
                .withBody(new UpdateDeviceGroupDTO().withName("nachher").withDescription("d")));
        assertThat(renamed.getName()).isEqualTo("nachher");
        assertThat(client.listDeviceGroups(new ListDeviceGroupsRequest().withName("nachher"))
                        .getDeviceGroups())
                .extracting(DeviceGroupResponseSummary::getGroupId)
                .containsExactly(made.getGroupId());
        assertThat(refused(() -> group("nachher", null))).isEqualTo("400 IOTDA.014004");
    }

    @Test
    void tags_are_bound_asked_for_and_unbound() {
        bind("65f0fleet_car3", new TagV5DTO().withTagKey("floor").withTagValue("3 ö"));
        bind("65f0fleet_car4", new TagV5DTO().withTagKey("floor").withTagValue("4"));
        bind("65f0fleet_car4", new TagV5DTO().withTagKey("floor").withTagValue("3 ö"));
        ListResourcesByTagsResponse tagged = client.listResourcesByTags(new ListResourcesByTagsRequest()
                .withLimit(1)
                .withBody(new QueryResourceByTagsDTO()
                        .withResourceType("device")
                        .withTags(List.of(new TagV5DTO().withTagKey("floor").withTagValue("3 ö")))));
        assertThat(tagged.getPage().getCount()).isEqualTo(2);
        assertThat(tagged.getResources()).extracting(ResourceDTO::getResourceId).containsExactly("65f0fleet_car4");
        assertThat(found("select * from device where tag_key = 'floor' and tag_value = '3 ö'"))
                .containsExactly("car4", "car3");
        client.untagDevice(new UntagDeviceRequest()
                .withBody(new UnbindTagsDTO()
                        .withResourceType("device")
                        .withResourceId("65f0fleet_car4")
                        .withTagKeys(List.of("floor"))));
        assertThat(found("select * from device where tag_key = 'floor'")).containsExactly("car3");
    }

    @Test
    void a_queue_is_made_shown_listed_and_deleted() {
        AddQueueResponse made =
                client.addQueue(new AddQueueRequest().withBody(new QueueInfo().withQueueName("QueueOfTheTest")));
        assertThat(made.getHttpStatusCode()).isEqualTo(201);
        assertThat(client.showQueue(new ShowQueueRequest().withQueueId(made.getQueueId()))
                        .getQueueName())
                .isEqualTo("QueueOfTheTest");
        assertThat(client.batchShowQueue(new BatchShowQueueRequest().withQueueName("OfTheTest"))
                        .getQueues())
                .extracting(QueryQueueBase::getQueueId)
                .containsExactly(made.getQueueId());
        client.deleteQueue(new DeleteQueueRequest().withQueueId(made.getQueueId()));
        assertThat(refused(() -> client.showQueue(new ShowQueueRequest().withQueueId(made.getQueueId()))))
                .isEqualTo("404 IOTDA.000003");
    }

    @Test
    void an_access_code_may_read_queues_and_nothing_else() {
        CreateAccessCodeResponse first = code();
        CreateAccessCodeResponse second = code();
        assertThat(second.getAccessKey()).isNotEqualTo(first.getAccessKey());
        IoTDAClient reader = new HuaweiApplication(berth, second.getAccessKey(), second.getAccessCode()).derived();
        assertThat(reader.batchShowQueue(new BatchShowQueueRequest()).getHttpStatusCode())
                .isEqualTo(200);
        assertThat(refused(() -> reader.listDevices(new ListDevicesRequest()))).isEqualTo("403 IOTDA.014005");
        IoTDAClient replaced = new HuaweiApplication(berth, first.getAccessKey(), first.getAccessCode()).derived();
        assertThat(refused(() -> replaced.batchShowQueue(new BatchShowQueueRequest())))
                .isEqualTo("401 APIGW.0301");
    }

    private CreateAccessCodeResponse code() {
        return client.createAccessCode(
                new CreateAccessCodeRequest().withBody(new CreateAccessCodeRequestBody().withType("AMQP")));
    }

    private List<String> found(String sql) {
        return search(sql).getDevices().stream().map(SearchDevice::getNodeId).toList();
    }

    private SearchDevicesResponse search(String sql) {
        return client.searchDevices(new SearchDevicesRequest().withBody(new SearchSql().withSql(sql)));
    }

    private AddDeviceGroupResponse group(String name, @Nullable String parent) {
        return client.addDeviceGroup(new AddDeviceGroupRequest()
                .withBody(new AddDeviceGroupDTO().withName(name).withSuperGroupId(parent)));
    }

    private void delete(AddDeviceGroupResponse group) {
        client.deleteDeviceGroup(new DeleteDeviceGroupRequest().withGroupId(group.getGroupId()));
    }

    private void member(AddDeviceGroupResponse group, String action, String device) {
        client.createOrDeleteDeviceInGroup(new CreateOrDeleteDeviceInGroupRequest()
                .withGroupId(group.getGroupId())
                .withActionId(action)
                .withDeviceId(device));
    }

    private void bind(String device, TagV5DTO tag) {
        client.tagDevice(new TagDeviceRequest()
                .withBody(new BindTagsDTO()
                        .withResourceType("device")
                        .withResourceId(device)
                        .withTags(List.of(tag))));
    }
}
