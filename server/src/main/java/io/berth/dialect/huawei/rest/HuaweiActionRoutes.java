package io.berth.dialect.huawei.rest;

import io.berth.core.Value;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Actions of forwarding rules, each a record of its own with this vendor (spec huawei-iotda 7.7).
final class HuaweiActionRoutes {
    private final Rules rules;
    private final Queues queues;

    HuaweiActionRoutes(RestServices services) {
        this.rules = services.forwarding().rules();
        this.queues = new Queues(services.consumerGroups());
    }

    record NewAction(String ruleId, String channel, ChannelDetail channelDetail) {}

    record Wanted(
            @Nullable String ruleId,
            @Nullable String channel,
            @Nullable String appType,
            @Nullable String appId,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {
        private boolean takes(ForwardingRules.Action action) {
            ForwardingRule rule = action.of();
            Channel is = Channel.of(action.action());
            return is != null
                    && (ruleId == null || ruleId.equals(rule.rule().id()))
                    && (channel == null || channel.equals(is.name()))
                    && (appType == null || appType.equals(rule.appType()))
                    && (appId == null || appId.equals(rule.appId()));
        }
    }

    record ActionOnly(String actionId) {}

    record ChangedAction(String actionId, String channel, ChannelDetail channelDetail) {}

    record Shown(
            String actionId,
            String ruleId,
            @Nullable String appId,
            @Nullable String channel,
            ChannelDetail channelDetail) {}

    record ShownList(List<Shown> actions, long count, String marker) {}

    Shown create(RestCall<NewAction> call) {
        NewAction wanted = call.input();
        ForwardingRule rule = seen(call).get(wanted.ruleId());
        Rule.Action made = action(rules.nextId(), wanted.channel(), wanted.channelDetail(), Rule.Policy.DEFAULT);
        rules.change(rule.rule().id(), now -> {
            List<Rule.Action> actions = new ArrayList<>(now.actions());
            actions.add(made);
            return now.with(actions);
        });
        return shown(seen(call).action(made.id()));
    }

    ShownList list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        List<ForwardingRules.Action> all =
                seen(call).actions().stream().filter(wanted::takes).toList();
        var part = paging.of(all, action -> action.action().id(), this::shown);
        return new ShownList(part.items(), part.page().count(), part.page().marker());
    }

    Shown show(RestCall<ActionOnly> call) {
        return shown(seen(call).action(call.input().actionId()));
    }

    Shown update(RestCall<ChangedAction> call) {
        ChangedAction wanted = call.input();
        ForwardingRules.Action found = seen(call).action(wanted.actionId());
        Rule.Action changed = action(
                wanted.actionId(),
                wanted.channel(),
                wanted.channelDetail(),
                found.action().policy());
        rules.change(
                found.of().rule().id(),
                now -> now.with(now.actions().stream()
                        .map(action -> action.id().equals(changed.id()) ? changed : action)
                        .toList()));
        return shown(seen(call).action(changed.id()));
    }

    @Nullable
    Void delete(RestCall<ActionOnly> call) {
        ForwardingRules.Action found = seen(call).action(call.input().actionId());
        rules.change(
                found.of().rule().id(),
                now -> now.with(now.actions().stream()
                        .filter(action -> !action.id().equals(found.action().id()))
                        .toList()));
        return null;
    }

    private ForwardingRules seen(RestCall<?> call) {
        return new ForwardingRules(rules, call.sight().rights());
    }

    private Rule.Action action(String id, String word, ChannelDetail detail, Rule.Policy policy) {
        Channel channel = Channel.of(word);
        Value.Fields settings = channel.settings(detail);
        ChannelDetail.Amqp amqp = detail.amqpForwarding();
        if (channel == Channel.AMQP_FORWARDING && amqp != null) {
            // a rule would wait for its group without a word
            queues.named(amqp.queueName());
        }
        return new Rule.Action(id, channel.kind(), settings, policy);
    }

    /// One with a destination the vendor has no channel for is shown without.
    private Shown shown(ForwardingRules.Action found) {
        Rule.Action action = found.action();
        Channel channel = Channel.of(action);
        return new Shown(
                action.id(),
                found.of().rule().id(),
                found.of().appId(),
                channel == null ? null : channel.name(),
                channel == null ? ChannelDetail.NONE : channel.detail(rules.shown(action)));
    }
}
