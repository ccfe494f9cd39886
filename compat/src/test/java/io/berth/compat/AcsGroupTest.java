package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.iot.model.v20180120.BatchAddDeviceGroupRelationsRequest;
import com.aliyuncs.iot.model.v20180120.CreateDeviceDynamicGroupRequest;
import com.aliyuncs.iot.model.v20180120.CreateDeviceGroupRequest;
import com.aliyuncs.iot.model.v20180120.DeleteDeviceDynamicGroupRequest;
import com.aliyuncs.iot.model.v20180120.DeleteDeviceGroupRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceBySQLRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceBySQLResponse;
import com.aliyuncs.iot.model.v20180120.QueryDeviceBySQLResponse.SimpleDeviceSearchInfo;
import com.aliyuncs.iot.model.v20180120.QueryDeviceGroupByTagsRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceGroupByTagsResponse;
import com.aliyuncs.iot.model.v20180120.QueryDeviceGroupInfoRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceGroupListRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceGroupListResponse;
import com.aliyuncs.iot.model.v20180120.QueryDeviceGroupTagListRequest;
import com.aliyuncs.iot.model.v20180120.QueryDynamicGroupDevicesRequest;
import com.aliyuncs.iot.model.v20180120.QueryDynamicGroupDevicesResponse;
import com.aliyuncs.iot.model.v20180120.RegisterDeviceRequest;
import com.aliyuncs.iot.model.v20180120.SaveDevicePropRequest;
import com.aliyuncs.iot.model.v20180120.SetDeviceGroupTagsRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Groups and searches for devices as an application makes them with aliyun-java-sdk-iot, in both formats of
/// answers.
@ExtendWith(SharedServer.class)
final class AcsGroupTest {
    private static final String KEY = OpenApi.KEY + "-group";

    private final BerthServer berth;
    private final DefaultAcsClient client;
    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String product = "a1g" + mark;

    AcsGroupTest(BerthServer berth) {
        this.berth = berth;
        this.client = OpenApi.acs(berth, KEY, OpenApi.SECRET);
    }

    @BeforeAll
    static void make_key(BerthServer berth) {
        berth.api().createAccessKey(KEY, OpenApi.SECRET);
    }

    @BeforeEach
    void make_devices() throws ClientException {
        berth.api().createProduct(product);
        for (String name : List.of("lamp-1", "lamp-2", "fan-1")) {
            var register = new RegisterDeviceRequest();
            register.setProductKey(product);
            register.setDeviceName(name);
            register.setNickname("园区_" + name.charAt(0));
            done(register, FormatType.JSON);
        }
        var tags = new SaveDevicePropRequest();
        tags.setProductKey(product);
        tags.setDeviceName("lamp-1");
        tags.setProps("{\"room\":\"厅 & <1>\"}");
        done(tags, FormatType.JSON);
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void a_dynamic_group_has_what_its_expression_finds(FormatType format) throws ClientException {
        String expression = "product_key = \"" + product + "\" and name LIKE \"lamp%\"";
        var create = new CreateDeviceDynamicGroupRequest();
        create.setGroupName("动态_" + mark);
        create.setGroupDesc("lamps <&>");
        create.setDynamicGroupExpression(expression);
        var made = done(create, format).getData();
        assertThat(made.getDynamicGroupExpression()).isEqualTo(expression);

        var devices = new QueryDynamicGroupDevicesRequest();
        devices.setGroupId(made.getGroupId());
        devices.setPageSize(1);
        var first = done(devices, format);
        assertThat(first.getTotal()).isEqualTo(2);
        assertThat(first.getData())
                .extracting(QueryDynamicGroupDevicesResponse.SimpleDeviceInfo::getDeviceName)
                .containsExactly("lamp-2");
        devices.setNextToken(first.getNextToken());
        assertThat(done(devices, format).getData()).singleElement().satisfies(lamp -> {
            assertThat(lamp.getDeviceName()).isEqualTo("lamp-1");
            assertThat(lamp.getNickname()).isEqualTo("园区_l");
            assertThat(lamp.getStatus()).isEqualTo("UNACTIVE");
            assertThat(lamp.getNodeType()).isZero();
        });

        var info = new QueryDeviceGroupInfoRequest();
        info.setGroupId(made.getGroupId());
        info.setGroupType("LINK_PLATFORM_DYNAMIC");
        assertThat(done(info, format).getData().getDynamicGroupExpression()).isEqualTo(expression);
        assertThat(done(info, format).getData().getDeviceCount()).isEqualTo(2);
        var list = new QueryDeviceGroupListRequest();
        list.setGroupTypess(List.of("LINK_PLATFORM_DYNAMIC"));
        list.setGroupName(mark);
        assertThat(done(list, format).getData())
                .extracting(QueryDeviceGroupListResponse.GroupInfo::getGroupType)
                .containsExactly("LINK_PLATFORM_DYNAMIC");
        refuses_members_by_hand(made.getGroupId(), format);

        var delete = new DeleteDeviceDynamicGroupRequest();
        delete.setGroupId(made.getGroupId());
        done(delete, format);
        assertThat(client.getAcsResponse(devices).getSuccess()).isFalse();
    }

    private void refuses_members_by_hand(String group, FormatType format) throws ClientException {
        var add = new BatchAddDeviceGroupRelationsRequest();
        var fan = new BatchAddDeviceGroupRelationsRequest.Device();
        fan.setProductKey(product);
        fan.setDeviceName("fan-1");
        add.setGroupId(group);
        add.setDevices(List.of(fan));
        add.setSysAcceptFormat(format);
        var refused = client.getAcsResponse(add);
        assertThat(refused.getSuccess()).isFalse();
        assertThat(refused.getCode()).isEqualTo("iot.group.OperateDeviceGroupFailed");
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void groups_have_tags_and_are_found_by_them(FormatType format) throws ClientException {
        var create = new CreateDeviceGroupRequest();
        create.setGroupName("tagged_" + mark);
        String group = done(create, format).getData().getGroupId();
        var set = new SetDeviceGroupTagsRequest();
        set.setGroupId(group);
        set.setTagString(
                "[{\"tagKey\":\"mark\",\"tagValue\":\"" + mark + "\"},{\"tagKey\":\"use\",\"tagValue\":\"灯\"}]");
        done(set, format);

        var list = new QueryDeviceGroupTagListRequest();
        list.setGroupId(group);
        assertThat(done(list, format).getData())
                .extracting(tag -> tag.getTagKey() + "=" + tag.getTagValue())
                .containsExactly("mark=" + mark, "use=灯");
        var find = new QueryDeviceGroupByTagsRequest();
        find.setTags(List.of(tag("use", "灯"), tag("mark", mark)));
        var found = done(find, format);
        assertThat(found.getTotal()).isEqualTo(1);
        assertThat(found.getData())
                .extracting(QueryDeviceGroupByTagsResponse.DeviceGroup::getGroupId)
                .containsExactly(group);
        set.setTagString("[]");
        done(set, format);
        assertThat(done(find, format).getTotal()).isZero();
        var delete = new DeleteDeviceGroupRequest();
        delete.setGroupId(group);
        done(delete, format);
    }

    private static QueryDeviceGroupByTagsRequest.Tag tag(String key, String value) {
        var tag = new QueryDeviceGroupByTagsRequest.Tag();
        tag.setTagKey(key);
        tag.setTagValue(value);
        return tag;
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void devices_are_found_by_a_statement(FormatType format) throws ClientException {
        String start = "SELECT * FROM device WHERE product_key = \"" + product + "\"";
        QueryDeviceBySQLResponse all = query(start + " order by gmt_create limit 0,10", format);
        assertThat(all.getTotalCount()).isEqualTo(3);
        assertThat(all.getData())
                .extracting(SimpleDeviceSearchInfo::getDeviceName)
                .containsExactly("lamp-1", "lamp-2", "fan-1");

        QueryDeviceBySQLResponse tagged = query(
                start + " and tag.tag_name = \"room\" and tag.tag_value = \"厅 & <1>\" and nickname like \"园%\"",
                format);
        assertThat(tagged.getData()).singleElement().satisfies(lamp -> {
            assertThat(lamp.getProductKey()).isEqualTo(product);
            assertThat(lamp.getStatus()).isEqualTo("UNACTIVE");
            assertThat(lamp.getGmtCreate()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
            assertThat(lamp.getTags())
                    .extracting(SimpleDeviceSearchInfo.TagInfo::getTagValue)
                    .containsExactly("厅 & <1>");
        });
        assertThat(query("SELECT count(*) FROM device WHERE product_key = \"" + product + "\"", format)
                        .getTotalCount())
                .isEqualTo(3);
        var wrong = new QueryDeviceBySQLRequest();
        wrong.setSQL("DROP TABLE device");
        wrong.setSysAcceptFormat(format);
        assertThat(client.getAcsResponse(wrong).getCode()).isEqualTo("iot.check.InvalidFormattedParameter");
    }

    private QueryDeviceBySQLResponse query(String sql, FormatType format) throws ClientException {
        var request = new QueryDeviceBySQLRequest();
        request.setSQL(sql);
        return done(request, format);
    }

    private <T extends AcsResponse> T done(AcsRequest<T> request, FormatType format) throws ClientException {
        request.setSysAcceptFormat(format);
        T answer = client.getAcsResponse(request);
        assertThat(answer).extracting("success").isEqualTo(true);
        return answer;
    }
}
