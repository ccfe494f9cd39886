package io.berth.compat;

import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.http.HttpClientConfig;
import com.aliyuncs.profile.DefaultProfile;

/// Alibaba's SDKs for applications, pointed at Berth as the recipe says.
final class OpenApi {
    static final String KEY = "openapi";
    static final String SECRET = "Zk8vQ2mXw4pL9sT1";

    /// The first script of a server takes its time on a busy machine.
    private static final int PATIENCE_MILLIS = 60_000;

    /// The SDK keeps endpoints by region for the whole process.
    private static final String REGION = "cn-shanghai";

    private OpenApi() {}

    /// aliyun-java-sdk-core with aliyun-java-sdk-iot.
    static DefaultAcsClient acs(BerthServer berth, String key, String secret) {
        DefaultProfile.addEndpoint(REGION, "Iot", place(berth));
        DefaultProfile profile = DefaultProfile.getProfile(REGION, key, secret);
        HttpClientConfig patient = HttpClientConfig.getDefault();
        patient.setConnectionTimeoutMillis(PATIENCE_MILLIS);
        patient.setReadTimeoutMillis(PATIENCE_MILLIS);
        profile.setHttpClientConfig(patient);
        return new DefaultAcsClient(profile);
    }

    /// com.aliyun:iot20180120
    ///
    /// @param algorithm `v2` for signature 1.0, anything else for signature 3
    static com.aliyun.iot20180120.Client tea(BerthServer berth, String key, String secret, String algorithm)
            throws Exception {
        return new com.aliyun.iot20180120.Client(new Config()
                .setAccessKeyId(key)
                .setAccessKeySecret(secret)
                .setRegionId(REGION)
                .setEndpoint(place(berth))
                .setProtocol("HTTP")
                .setConnectTimeout(PATIENCE_MILLIS)
                .setReadTimeout(PATIENCE_MILLIS)
                .setSignatureAlgorithm(algorithm));
    }

    private static String place(BerthServer berth) {
        return "127.0.0.1:" + berth.port("web");
    }
}
