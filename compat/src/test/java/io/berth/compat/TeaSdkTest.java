package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.iot20180120.models.BatchQueryDeviceDetailRequest;
import com.aliyun.iot20180120.models.CreateProductRequest;
import com.aliyun.iot20180120.models.QueryDeviceDetailRequest;
import com.aliyun.iot20180120.models.QueryDeviceRequest;
import com.aliyun.iot20180120.models.QueryProductRequest;
import com.aliyun.iot20180120.models.RegisterDeviceRequest;
import com.aliyun.tea.TeaException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Alibaba's newer SDK for applications, com.aliyun:iot20180120.
@ExtendWith(SharedServer.class)
final class TeaSdkTest {
    private static final String PRODUCT = "a1TeaSdk";

    private final BerthServer berth;

    TeaSdkTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_product_and_key(BerthServer berth) {
        berth.api().createProduct(PRODUCT);
        berth.api().createAccessKey(OpenApi.KEY, OpenApi.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    void registers_a_device_and_finds_it(String algorithm) throws Exception {
        var client = OpenApi.tea(berth, OpenApi.KEY, OpenApi.SECRET, algorithm);
        var registered = client.registerDevice(new RegisterDeviceRequest()
                        .setProductKey(PRODUCT)
                        .setDeviceName("t:1@" + algorithm)
                        .setNickname(""))
                .getBody();
        assertThat(registered.getSuccess()).as(registered.getErrorMessage()).isTrue();
        var found = client.queryDeviceDetail(new QueryDeviceDetailRequest()
                        .setIotId(registered.getData().getIotId()))
                .getBody();
        assertThat(found.getData().getDeviceName()).isEqualTo("t:1@" + algorithm);
        assertThat(found.getData().getNodeType()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    void a_wrong_secret_and_a_missing_parameter_are_refused(String algorithm) throws Exception {
        assertThatThrownBy(() -> OpenApi.tea(berth, OpenApi.KEY, "wrong", algorithm)
                        .queryDeviceDetail(new QueryDeviceDetailRequest().setIotId("x")))
                .isInstanceOfSatisfying(TeaException.class, e -> {
                    assertThat(e.getCode()).isEqualTo("SignatureDoesNotMatch");
                    assertThat(e.getStatusCode()).isEqualTo(400);
                });
        assertThatThrownBy(() -> OpenApi.tea(berth, OpenApi.KEY, OpenApi.SECRET, algorithm)
                        .registerDevice(new RegisterDeviceRequest().setDeviceName("abcd")))
                .isInstanceOfSatisfying(
                        TeaException.class, e -> assertThat(e.getCode()).isEqualTo("MissingProductKey"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "ACS3-HMAC-SHA256"})
    void a_product_is_made_and_its_devices_are_found(String algorithm) throws Exception {
        var client = OpenApi.tea(berth, OpenApi.KEY, OpenApi.SECRET, algorithm);
        String product = client.createProduct(new CreateProductRequest()
                        .setProductName("tea-" + algorithm)
                        .setNodeType(1)
                        .setDescription("a b+c*~"))
                .getBody()
                .getProductKey();
        var registered = client.registerDevice(new RegisterDeviceRequest()
                        .setProductKey(product)
                        .setDeviceName("tea-1")
                        .setNickname("园区_灯"))
                .getBody();
        assertThat(registered.getSuccess()).as(registered.getErrorMessage()).isTrue();
        var found = client.queryProduct(new QueryProductRequest().setProductKey(product))
                .getBody();
        assertThat(found.getData().getDescription()).isEqualTo("a b+c*~");
        assertThat(found.getData().getDeviceCount()).isEqualTo(1);
        var page = client.queryDevice(new QueryDeviceRequest().setProductKey(product))
                .getBody();
        assertThat(page.getData().getDeviceInfo())
                .singleElement()
                .satisfies(device -> assertThat(device.getNickname()).isEqualTo("园区_灯"));
        var details = client.batchQueryDeviceDetail(new BatchQueryDeviceDetailRequest()
                        .setProductKey(product)
                        .setDeviceName(List.of("tea-1")))
                .getBody();
        assertThat(details.getData().getData()).hasSize(1);
    }
}
