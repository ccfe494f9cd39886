package io.berth.compat;

import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.profile.DefaultProfile;

/// Alibaba's SDKs for applications, pointed at Berth as the recipe says.
final class OpenApi {
    static final String KEY = "openapi";
    static final String SECRET = "Zk8vQ2mXw4pL9sT1";

    /// The SDK keeps endpoints by region for the whole process.
    private static final String REGION = "cn-shanghai";

    private OpenApi() {}

    /// aliyun-java-sdk-core with aliyun-java-sdk-iot.
    static DefaultAcsClient acs(BerthServer berth, String key, String secret) {
        DefaultProfile.addEndpoint(REGION, "Iot", place(berth));
        return new DefaultAcsClient(DefaultProfile.getProfile(REGION, key, secret));
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
                .setSignatureAlgorithm(algorithm));
    }

    private static String place(BerthServer berth) {
        return "127.0.0.1:" + berth.port("web");
    }
}
