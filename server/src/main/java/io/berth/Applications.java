package io.berth;

import io.berth.core.batch.BatchFiles;
import io.berth.core.subscription.Relations;
import io.berth.dialect.AppDialect;
import io.berth.dialect.aliyun.openapi.AliyunOpenApi;
import io.berth.dialect.huawei.rest.HuaweiRest;
import io.berth.dialect.huawei.rest.RestServices;
import java.time.ZoneId;
import java.util.List;

/// How vendors' applications call the platform.
final class Applications {
    private Applications() {}

    static List<AppDialect> of(Platform platform, RestServices.Forwarding forwarding) {
        return List.of(aliyun(platform), huawei(platform, forwarding));
    }

    private static AppDialect aliyun(Platform platform) {
        return new AliyunOpenApi(
                new AliyunOpenApi.Entrance(
                        platform.callers,
                        platform.signatureGuard,
                        platform.refusedCalls,
                        platform.audited,
                        platform.nonces),
                new AliyunOpenApi.Core(
                        platform.products,
                        platform.productTags,
                        platform.devices,
                        platform.units,
                        platform.tags,
                        platform.groups,
                        platform.topology,
                        platform.sessions,
                        platform.requests,
                        platform.downlinks,
                        platform.messages,
                        platform.topicRoutes,
                        platform.batches,
                        new AliyunOpenApi.Certified(platform.certification.issued(), platform.certification.links()),
                        new AliyunOpenApi.Thing(
                                platform.things,
                                platform.repeats,
                                platform.calls,
                                platform.wishes,
                                platform.shadows,
                                platform.models,
                                platform.scriptSources,
                                platform.scriptLinks),
                        new AliyunOpenApi.Subscriptions(
                                platform.consumerGroups,
                                new Relations(platform.storage.relations(), platform.consumerGroups))),
                platform.config.aliyunOpenApi(),
                ZoneId.of(platform.config.aliyunEvents().zone()),
                platform.clock);
    }

    private static AppDialect huawei(Platform platform, RestServices.Forwarding forwarding) {
        return new HuaweiRest(
                new RestServices(
                        platform.audited,
                        platform.callers,
                        new RestServices.Doors(
                                platform.passwords, platform.signatureGuard, platform.refusedCalls, platform.nonces),
                        platform.spaces,
                        platform.products,
                        platform.models,
                        platform.devices,
                        platform.tags,
                        platform.groups,
                        platform.topology,
                        platform.sessions,
                        platform.messages,
                        platform.downlinks,
                        platform.outbox,
                        platform.wishes,
                        platform.calls,
                        forwarding,
                        platform.consumerGroups,
                        platform.batches,
                        new BatchFiles(platform.storage.batchFiles(), platform.config.batchFiles(), platform.clock),
                        new RestServices.Certified(
                                platform.certification.authorities(), platform.certification.templates()),
                        platform.clock),
                platform.config.huawei());
    }
}
