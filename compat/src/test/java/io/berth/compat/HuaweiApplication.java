package io.berth.compat;

import com.huaweicloud.sdk.core.auth.ICredential;
import com.huaweicloud.sdk.core.http.HttpConfig;
import com.huaweicloud.sdk.core.region.Region;
import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.auth.IoTDACredentials;

/// An application of Huawei's that was moved to Berth: its SDK, unmodified, with another endpoint (spec
/// huawei-iotda 6.4).
@SuppressWarnings("deprecation") // applications that are moved have these credentials (spec huawei-iotda 6.4)
record HuaweiApplication(BerthServer berth, String accessKey, String secret) {
    static final String PROJECT = "00000000000000000000000000000001";

    /// Signs as the SDK does against any endpoint that is not the vendor's own.
    IoTDAClient derived() {
        return client(credentials());
    }

    /// Signs as the SDK does against the vendor's own endpoints.
    IoTDAClient plain() {
        return client(credentials().withDefaultEndpoint(true));
    }

    private IoTDACredentials credentials() {
        return new IoTDACredentials().withAk(accessKey).withSk(secret).withProjectId(PROJECT);
    }

    private IoTDAClient client(ICredential credential) {
        return IoTDAClient.newBuilder()
                .withCredential(credential)
                .withRegion(new Region("cn-north-4", berth.url()))
                .withHttpConfig(HttpConfig.getDefaultHttpConfig().withIgnoreSSLVerification(true))
                .build();
    }
}
