package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.Relation;
import io.berth.core.subscription.Relations;
import io.berth.json.Members;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events of a product go to which consumer groups (spec aliyun-openapi 3.2). Only to AMQP: there is no
/// message service here.
final class SubscribeRelationActions implements Action.Group {
    private static final String AMQP = "AMQP";

    private final Relations relations;
    private final VendorGroups groups;

    SubscribeRelationActions(Relations relations, VendorGroups groups) {
        this.relations = relations;
        this.groups = groups;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.SUBSCRIPTIONS, Family.SUBSCRIPTIONS);
        return List.of(
                about.changes("CreateSubscribeRelation", NewRelation.class, this::create),
                about.changes("UpdateSubscribeRelation", NewRelation.class, this::update),
                about.reads("QuerySubscribeRelation", OneRelation.class, this::show),
                about.changes("DeleteSubscribeRelation", OneRelation.class, this::delete),
                about.changes("CreateConsumerGroupSubscribeRelation", OneGroup.class, this::add),
                about.changes("DeleteConsumerGroupSubscribeRelation", OneGroup.class, this::remove));
    }

    /// @param type `AMQP`; `MNS` is refused
    record NewRelation(
            String productKey,
            @Nullable String type,
            @Nullable List<String> consumerGroupIds,
            @Nullable String mnsConfiguration,
            Flags flags) {}

    record Flags(
            @Nullable Boolean deviceDataFlag,
            @Nullable Boolean deviceLifeCycleFlag,
            @Nullable Boolean deviceStatusChangeFlag,
            @Nullable Boolean deviceTagFlag,
            @Nullable Boolean deviceTopoLifeCycleFlag,
            @Nullable Boolean foundDeviceListFlag,
            @Nullable Boolean otaEventFlag,
            @Nullable Boolean otaJobFlag,
            @Nullable Boolean otaVersionFlag,
            @Nullable Boolean thingHistoryFlag) {
        private Set<String> words() {
            Map<SubscriptionFlag, @Nullable Boolean> given = new EnumMap<>(SubscriptionFlag.class);
            given.put(SubscriptionFlag.DEVICE_DATA, deviceDataFlag);
            given.put(SubscriptionFlag.LIFE_CYCLE, deviceLifeCycleFlag);
            given.put(SubscriptionFlag.STATUS, deviceStatusChangeFlag);
            given.put(SubscriptionFlag.TAG, deviceTagFlag);
            given.put(SubscriptionFlag.TOPOLOGY, deviceTopoLifeCycleFlag);
            given.put(SubscriptionFlag.FOUND, foundDeviceListFlag);
            given.put(SubscriptionFlag.OTA_EVENT, otaEventFlag);
            given.put(SubscriptionFlag.OTA_JOB, otaJobFlag);
            given.put(SubscriptionFlag.OTA_VERSION, otaVersionFlag);
            given.put(SubscriptionFlag.THING_HISTORY, thingHistoryFlag);
            Set<String> words = new HashSet<>();
            given.forEach((flag, on) -> {
                if (Boolean.TRUE.equals(on)) {
                    words.add(flag.word());
                }
            });
            return words;
        }
    }

    record OneRelation(String productKey, String type) {}

    record OneGroup(String productKey, String consumerGroupId) {}

    private Value.Fields create(Call<NewRelation> call) {
        String product = call.product(call.input().productKey()).key();
        demandAmqp(call.input().type());
        if (relations.find(product).isPresent()) {
            throw new ProblemException(Problem.GROUP_EXISTS, "product " + product + " has a relation already");
        }
        return put(product, call.input(), call.input().consumerGroupIds());
    }

    private Value.Fields update(Call<NewRelation> call) {
        String product = call.product(call.input().productKey()).key();
        demandAmqp(call.input().type());
        Relation before = relations.get(product);
        return put(
                product,
                call.input(),
                call.input().consumerGroupIds() != null
                        ? call.input().consumerGroupIds()
                        : List.copyOf(before.groups()));
    }

    private Value.Fields put(String product, NewRelation wanted, @Nullable List<String> named) {
        if (named == null) {
            throw GatewayException.missing("ConsumerGroupIds.1");
        }
        Set<String> ids = new LinkedHashSet<>();
        named.forEach(id -> ids.add(groups.get(id).id()));
        Set<String> words = wanted.flags().words();
        relations.put(new Relation(product, words, SubscriptionFlag.themes(words), ids));
        return Value.Fields.NONE;
    }

    private Value.Fields show(Call<OneRelation> call) {
        Relation relation = relation(call);
        List<Value> ids = groups.list().stream()
                .filter(group -> relation.groups().contains(group.id()))
                .<Value>map(group -> new Value.Text(VendorGroups.idOf(group)))
                .toList();
        Members answer = new Members()
                .with("ProductKey", relation.product())
                .with("Type", AMQP)
                .with("ConsumerGroupIds", ids);
        for (SubscriptionFlag flag : SubscriptionFlag.values()) {
            answer.with(flag.word(), relation.choices().contains(flag.word()));
        }
        return answer.end();
    }

    private Value.Fields delete(Call<OneRelation> call) {
        relations.delete(relation(call).product());
        return Value.Fields.NONE;
    }

    private Relation relation(Call<OneRelation> call) {
        demandAmqp(call.input().type());
        return relations.get(call.product(call.input().productKey()).key());
    }

    private Value.Fields add(Call<OneGroup> call) {
        Relation relation =
                relations.get(call.product(call.input().productKey()).key());
        Set<String> ids = new HashSet<>(relation.groups());
        ids.add(groups.get(call.input().consumerGroupId()).id());
        relations.put(relation.with(ids));
        return Value.Fields.NONE;
    }

    /// The last one stays: a relation without a group would tell nobody.
    private Value.Fields remove(Call<OneGroup> call) {
        Relation relation =
                relations.get(call.product(call.input().productKey()).key());
        ConsumerGroup group = groups.get(call.input().consumerGroupId());
        Set<String> ids = new HashSet<>(relation.groups());
        if (!ids.remove(group.id())) {
            throw new ProblemException(Problem.NOT_FOUND, "the product does not tell this group");
        }
        relations.put(relation.with(ids));
        return Value.Fields.NONE;
    }

    private static void demandAmqp(@Nullable String type) {
        String word = Objects.requireNonNullElse(type, AMQP);
        if (word.equals("MNS")) {
            throw Refusal.unsupported("there is no message service here: use AMQP");
        }
        if (!word.equals(AMQP)) {
            throw GatewayException.invalid("Type", "it is AMQP");
        }
    }
}
