package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.auth.signers.SignatureAlgorithm;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.iot.model.v20180120.BatchAddDeviceGroupRelationsRequest;
import com.aliyuncs.iot.model.v20180120.BatchGetDeviceStateRequest;
import com.aliyuncs.iot.model.v20180120.BatchGetDeviceStateResponse;
import com.aliyuncs.iot.model.v20180120.CreateDeviceGroupRequest;
import com.aliyuncs.iot.model.v20180120.CreateProductRequest;
import com.aliyuncs.iot.model.v20180120.CreateProductResponse;
import com.aliyuncs.iot.model.v20180120.CreateProductTopicRequest;
import com.aliyuncs.iot.model.v20180120.CreateRuleRequest;
import com.aliyuncs.iot.model.v20180120.DeleteProductTopicRequest;
import com.aliyuncs.iot.model.v20180120.GetGatewayBySubDeviceRequest;
import com.aliyuncs.iot.model.v20180120.GetThingTopoRequest;
import com.aliyuncs.iot.model.v20180120.PubRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceByTagsRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceDetailRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceDetailResponse;
import com.aliyuncs.iot.model.v20180120.QueryDeviceListByDeviceGroupRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceListByDeviceGroupResponse;
import com.aliyuncs.iot.model.v20180120.QueryDeviceRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceResponse;
import com.aliyuncs.iot.model.v20180120.QueryProductListRequest;
import com.aliyuncs.iot.model.v20180120.QueryProductTopicRequest;
import com.aliyuncs.iot.model.v20180120.RegisterDeviceRequest;
import com.aliyuncs.iot.model.v20180120.RegisterDeviceResponse;
import com.aliyuncs.iot.model.v20180120.RemoveThingTopoRequest;
import com.aliyuncs.iot.model.v20180120.SaveDevicePropRequest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Alibaba's older SDK for applications, aliyun-java-sdk-core with aliyun-java-sdk-iot.
@ExtendWith(SharedServer.class)
final class AcsSdkTest {
    private static final String PRODUCT = "a1AcsSdk";

    private final BerthServer berth;

    AcsSdkTest(BerthServer berth) {
        this.berth = berth;
    }

    /// How the SDK may sign, ask and be answered.
    enum Way {
        SIGNED_IN_PARAMETERS(SignatureVersion.V1, FormatType.JSON, MethodType.POST),
        SIGNED_IN_PARAMETERS_OVER_GET(SignatureVersion.V1, FormatType.JSON, MethodType.GET),
        /// As the bridge SDK does.
        IN_XML(SignatureVersion.V1, FormatType.XML, MethodType.GET),
        SIGNED_IN_HEADERS(SignatureVersion.V3, FormatType.JSON, MethodType.POST),
        SIGNED_IN_HEADERS_IN_XML(SignatureVersion.V3, FormatType.XML, MethodType.GET);

        private final SignatureVersion signature;
        private final FormatType format;
        private final MethodType method;

        Way(SignatureVersion signature, FormatType format, MethodType method) {
            this.signature = signature;
            this.format = format;
            this.method = method;
        }

        <T extends AcsResponse> T ask(DefaultAcsClient client, AcsRequest<T> request) throws ClientException {
            request.setSysSignatureVersion(signature);
            if (signature == SignatureVersion.V3) {
                request.setSysSignatureAlgorithm(SignatureAlgorithm.ACS3_HMAC_SHA256);
            }
            request.setSysMethod(method);
            request.setSysAcceptFormat(format);
            return client.getAcsResponse(request);
        }
    }

    @BeforeAll
    static void make_product_and_key(BerthServer berth) {
        berth.api().createProduct(PRODUCT);
        berth.api().createAccessKey(OpenApi.KEY + "-acs", OpenApi.SECRET);
    }

    private DefaultAcsClient client() {
        return OpenApi.acs(berth, OpenApi.KEY + "-acs", OpenApi.SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void registers_a_device_and_finds_it(Way way) throws ClientException {
        RegisterDeviceRequest register = new RegisterDeviceRequest();
        register.setProductKey(PRODUCT);
        register.setDeviceName("d:" + way.name().replace("SIGNED_IN_", "@").toLowerCase(Locale.ROOT));
        register.setNickname("园区灯_1");
        RegisterDeviceResponse registered = way.ask(client(), register);
        assertThat(registered.getSuccess()).as(registered.getErrorMessage()).isTrue();
        assertThat(registered.getData().getDeviceSecret()).matches("[0-9a-f]{32}");

        QueryDeviceDetailRequest query = new QueryDeviceDetailRequest();
        query.setIotId(registered.getData().getIotId());
        QueryDeviceDetailResponse found = way.ask(client(), query);
        assertThat(found.getRequestId()).matches("[0-9A-F-]{36}");
        assertThat(found.getData().getDeviceName()).isEqualTo(register.getDeviceName());
        assertThat(found.getData().getStatus()).isEqualTo("UNACTIVE");
        assertThat(found.getData().getUtcCreate()).endsWith("Z");

        RegisterDeviceResponse again = way.ask(client(), register);
        assertThat(again.getSuccess()).isFalse();
        assertThat(again.getCode()).isEqualTo("iot.device.AlreadyExistedDeviceName");
    }

    /// The bridge SDK goes on to register the device only then.
    @ParameterizedTest
    @EnumSource
    void a_device_that_does_not_exist_is_no_failure_of_http(Way way) throws ClientException {
        QueryDeviceDetailRequest query = new QueryDeviceDetailRequest();
        query.setProductKey(PRODUCT);
        query.setDeviceName("nobody");
        QueryDeviceDetailResponse answer = way.ask(client(), query);
        assertThat(answer.getSuccess()).isFalse();
        assertThat(answer.getCode()).isEqualTo("iot.device.NotExistedDevice");
    }

    @ParameterizedTest
    @EnumSource
    void a_message_reaches_the_device(Way way) throws ClientException {
        Identity device = new Identity(PRODUCT, "p-" + way, "f4c1f0e4b9b24d3c8c7ad0e1f2a3b4c5", PRODUCT + "_p-" + way);
        berth.api().createDevice(device);
        try (StockDevice listener = StockDevice.connect(berth, VendorLogin.aliyun(device, "sha256", false))) {
            listener.subscribe(device.topic("user/get"));
            PubRequest pub = new PubRequest();
            pub.setProductKey(PRODUCT);
            pub.setTopicFullName(device.topic("user/get"));
            pub.setMessageContent(Base64.getEncoder().encodeToString("湿度 + 42%".getBytes(UTF_8)));
            pub.setQos(1);
            // its message goes in a form, which the SDK does not send with GET
            pub.setSysSignatureVersion(way.signature);
            var published = (way.method == MethodType.GET ? Way.SIGNED_IN_PARAMETERS : way).ask(client(), pub);
            assertThat(published.getSuccess()).as(published.getErrorMessage()).isTrue();
            assertThat(published.getMessageId()).isNotBlank();
            assertThat(listener.message(device.topic("user/get")).payload()).isEqualTo("湿度 + 42%");
        }
    }

    @Test
    void a_wrong_secret_is_told_from_a_wrong_string_to_sign() {
        DefaultAcsClient liar = OpenApi.acs(berth, OpenApi.KEY + "-acs", "wrong");
        QueryDeviceDetailRequest query = new QueryDeviceDetailRequest();
        query.setIotId("x y*~/+园");
        assertThatThrownBy(() -> Way.SIGNED_IN_PARAMETERS.ask(liar, query))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.getErrCode()).isEqualTo("SDK.InvalidAccessKeySecret"));
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_key_is_refused(Way way) {
        DefaultAcsClient stranger = OpenApi.acs(berth, "nobody" + UUID.randomUUID(), OpenApi.SECRET);
        QueryDeviceDetailRequest query = new QueryDeviceDetailRequest();
        query.setIotId("x");
        assertThatThrownBy(() -> way.ask(stranger, query))
                .isInstanceOfSatisfying(
                        ClientException.class,
                        e -> assertThat(e.getErrCode()).isEqualTo("InvalidAccessKeyId.NotFound"));
    }

    @Test
    void what_is_not_built_says_so() throws ClientException {
        var answer = Way.SIGNED_IN_PARAMETERS.ask(client(), new CreateRuleRequest());
        assertThat(answer.getSuccess()).isFalse();
        assertThat(answer.getCode()).isEqualTo("iot.common.APINotSupportedInInstance");
    }

    /// Lists and trees, in both formats: the SDK reads them by hand-written names.
    @ParameterizedTest
    @EnumSource(names = {"SIGNED_IN_PARAMETERS", "IN_XML"})
    void a_product_is_made_and_its_devices_are_found_tagged_and_grouped(Way way) throws ClientException {
        CreateProductRequest create = new CreateProductRequest();
        create.setProductName(("acs_" + way).toLowerCase(Locale.ROOT));
        create.setNodeType(0);
        CreateProductResponse created = way.ask(client(), create);
        assertThat(created.getSuccess()).as(created.getErrorMessage()).isTrue();
        String product = created.getProductKey();
        assertThat(created.getData().getProductKey()).isEqualTo(product);
        for (String name : List.of("lamp-1", "lamp-2")) {
            RegisterDeviceRequest register = new RegisterDeviceRequest();
            register.setProductKey(product);
            register.setDeviceName(name);
            assertThat(way.ask(client(), register).getSuccess()).isTrue();
        }

        QueryProductListRequest products = new QueryProductListRequest();
        products.setCurrentPage(1);
        products.setPageSize(10);
        assertThat(way.ask(client(), products).getData().getList())
                .anySatisfy(listed -> assertThat(listed.getProductKey()).isEqualTo(product));
        QueryDeviceRequest devices = new QueryDeviceRequest();
        devices.setProductKey(product);
        QueryDeviceResponse page = way.ask(client(), devices);
        assertThat(page.getTotal()).isEqualTo(2);
        assertThat(page.getData())
                .extracting(QueryDeviceResponse.DeviceInfo::getDeviceName)
                .containsExactly("lamp-2", "lamp-1");

        SaveDevicePropRequest save = new SaveDevicePropRequest();
        save.setProductKey(product);
        save.setDeviceName("lamp-1");
        save.setProps("{\"room\":\"园 & <1>\"}");
        assertThat(way.ask(client(), save).getSuccess()).isTrue();
        QueryDeviceByTagsRequest tagged = new QueryDeviceByTagsRequest();
        QueryDeviceByTagsRequest.Tag tag = new QueryDeviceByTagsRequest.Tag();
        tag.setTagKey("room");
        tag.setTagValue("园 & <1>");
        tagged.setTags(List.of(tag));
        assertThat(way.ask(client(), tagged).getData())
                .anySatisfy(found -> assertThat(found.getProductKey()).isEqualTo(product));

        CreateDeviceGroupRequest group = new CreateDeviceGroupRequest();
        group.setGroupName(create.getProductName());
        String groupId = way.ask(client(), group).getData().getGroupId();
        BatchAddDeviceGroupRelationsRequest add = new BatchAddDeviceGroupRelationsRequest();
        BatchAddDeviceGroupRelationsRequest.Device added = new BatchAddDeviceGroupRelationsRequest.Device();
        added.setProductKey(product);
        added.setDeviceName("lamp-2");
        add.setGroupId(groupId);
        add.setDevices(List.of(added));
        assertThat(way.ask(client(), add).getSuccessAddedDeviceCount()).isEqualTo(1);
        QueryDeviceListByDeviceGroupRequest members = new QueryDeviceListByDeviceGroupRequest();
        members.setGroupId(groupId);
        assertThat(way.ask(client(), members).getData())
                .extracting(QueryDeviceListByDeviceGroupResponse.SimpleDeviceInfo::getDeviceName)
                .containsExactly("lamp-2");
        BatchGetDeviceStateRequest states = new BatchGetDeviceStateRequest();
        states.setProductKey(product);
        states.setDeviceNames(List.of("lamp-1", "lamp-2", "none"));
        assertThat(way.ask(client(), states).getDeviceStatusList())
                .extracting(BatchGetDeviceStateResponse.DeviceStatus::getStatus)
                .containsExactly("UNACTIVE", "UNACTIVE");
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGNED_IN_PARAMETERS", "IN_XML"})
    void topic_classes_have_numbers(Way way) throws ClientException {
        CreateProductTopicRequest create = new CreateProductTopicRequest();
        create.setProductKey(PRODUCT);
        create.setTopicShortName("acs/" + way);
        create.setOperation("SUB");
        Long id = way.ask(client(), create).getTopicId();
        QueryProductTopicRequest query = new QueryProductTopicRequest();
        query.setProductKey(PRODUCT);
        assertThat(way.ask(client(), query).getData()).anySatisfy(topic -> {
            assertThat(topic.getId()).isEqualTo(Long.toString(id));
            assertThat(topic.getTopicShortName()).endsWith("/user/acs/" + way);
        });
        DeleteProductTopicRequest delete = new DeleteProductTopicRequest();
        delete.setTopicId(Long.toString(id));
        assertThat(way.ask(client(), delete).getSuccess()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGNED_IN_PARAMETERS", "IN_XML"})
    void a_gateway_has_devices_behind_it(Way way) throws ClientException {
        String gateways = "a1AcsGw" + way.name();
        berth.api().createProduct(gateways, "gateway", false);
        Identity hub = new Identity(gateways, "hub1", "e4c1f0e4b9b24d3c8c7ad0e1f2a3b4c5", gateways + "_hub1");
        Identity lamp = new Identity(PRODUCT, "behind" + way.name(), "b4c1f0e4b9b2", PRODUCT + "_b" + way.name());
        berth.api().createDevice(hub);
        berth.api().createDevice(lamp);
        berth.api().addChild(hub, lamp);

        GetThingTopoRequest topology = new GetThingTopoRequest();
        topology.setProductKey(gateways);
        topology.setDeviceName("hub1");
        topology.setPageNo(1);
        topology.setPageSize(10);
        var page = way.ask(client(), topology).getData();
        assertThat(page.getTotal()).isEqualTo(1);
        assertThat(page.getList().getFirst().getIotId()).isEqualTo(lamp.huaweiId());
        GetGatewayBySubDeviceRequest behind = new GetGatewayBySubDeviceRequest();
        behind.setIotId(lamp.huaweiId());
        assertThat(way.ask(client(), behind).getData().getIotId()).isEqualTo(hub.huaweiId());
        RemoveThingTopoRequest remove = new RemoveThingTopoRequest();
        remove.setIotId(lamp.huaweiId());
        assertThat(way.ask(client(), remove).getData()).isTrue();
    }
}
