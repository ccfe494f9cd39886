import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.iot.model.v20180120.BatchCheckDeviceNamesRequest;
import com.aliyuncs.iot.model.v20180120.DeleteDeviceRequest;
import com.aliyuncs.iot.model.v20180120.DisableThingRequest;
import com.aliyuncs.iot.model.v20180120.GetDeviceStatusRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceDetailRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceDetailResponse;
import com.aliyuncs.iot.model.v20180120.QueryDevicePropertyStatusRequest;
import com.aliyuncs.iot.model.v20180120.QueryProductListRequest;
import com.aliyuncs.iot.model.v20180120.QueryProductRequest;
import com.aliyuncs.iot.model.v20180120.RegisterDeviceRequest;
import com.aliyuncs.iot.model.v20180120.RegisterDeviceResponse;
import com.aliyuncs.profile.DefaultProfile;
import java.util.List;

/// An application on aliyun-java-sdk-core 3.5.1 and aliyun-java-sdk-iot 5.0.0, the pair inside Alibaba's
/// bridge SDK. The test OldSdkTest runs it by its source: these versions go on no class path together with
/// the newer ones. Says what came of each call, `name=value` in a line.
///
/// Arguments: host and port, access key, secret, product.
final class OldSdk {
    private static final String DEVICE = "old:1";

    private final DefaultAcsClient client;
    private final FormatType format;

    private OldSdk(DefaultAcsClient client, FormatType format) {
        this.client = client;
        this.format = format;
    }

    public static void main(String[] arguments) throws Exception {
        DefaultProfile.addEndpoint("cn-shanghai", "cn-shanghai", "Iot", arguments[0]);
        DefaultAcsClient client = new DefaultAcsClient(
                DefaultProfile.getProfile("cn-shanghai", arguments[1], arguments[2]));
        for (FormatType format : List.of(FormatType.XML, FormatType.JSON)) {
            new OldSdk(client, format).tryAll(arguments[3]);
        }
    }

    /// As the bridge does: asks for the device, registers it when there is none.
    private void tryAll(String product) throws Exception {
        QueryDeviceDetailRequest detail = new QueryDeviceDetailRequest();
        detail.setProductKey(product);
        detail.setDeviceName(DEVICE);
        say("unknown", ask(detail).getSuccess());
        RegisterDeviceRequest register = new RegisterDeviceRequest();
        register.setProductKey(product);
        register.setDeviceName(DEVICE);
        RegisterDeviceResponse registered = ask(register);
        say("registered", registered.getSuccess() + " " + registered.getData().getDeviceName());
        QueryDeviceDetailResponse known = ask(detail);
        say("found", known.getSuccess() + " " + known.getData().getIotId().equals(registered.getData().getIotId()));
        say("secret", known.getData().getDeviceSecret());

        GetDeviceStatusRequest status = new GetDeviceStatusRequest();
        status.setProductKey(product);
        status.setDeviceName(DEVICE);
        say("status", ask(status).getData().getStatus());
        QueryDevicePropertyStatusRequest properties = new QueryDevicePropertyStatusRequest();
        properties.setProductKey(product);
        properties.setDeviceName(DEVICE);
        say("properties", ask(properties).getSuccess());
        DisableThingRequest disable = new DisableThingRequest();
        disable.setProductKey(product);
        disable.setDeviceName(DEVICE);
        say("disabled", ask(disable).getSuccess() + " " + ask(status).getData().getStatus());

        QueryProductRequest one = new QueryProductRequest();
        one.setProductKey(product);
        say("product", ask(one).getData().getProductKey());
        QueryProductListRequest list = new QueryProductListRequest();
        list.setCurrentPage(1);
        list.setPageSize(200);
        say("products", ask(list).getData().getList().stream().anyMatch(each -> each.getProductKey().equals(product)));
        BatchCheckDeviceNamesRequest names = new BatchCheckDeviceNamesRequest();
        names.setProductKey(product);
        names.setDeviceNames(List.of("old:2", "old:3"));
        say("names", ask(names).getData().getApplyId() != null);
        DeleteDeviceRequest delete = new DeleteDeviceRequest();
        delete.setProductKey(product);
        delete.setDeviceName(DEVICE);
        say("deleted", ask(delete).getSuccess());
    }

    private <T extends AcsResponse> T ask(RpcAcsRequest<T> request) throws Exception {
        request.setMethod(MethodType.GET);
        request.setAcceptFormat(format);
        return client.getAcsResponse(request);
    }

    private void say(String what, Object value) {
        System.out.println(format + " " + what + "=" + value);
    }
}
