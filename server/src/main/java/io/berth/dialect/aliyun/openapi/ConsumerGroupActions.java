package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.Readers;
import io.berth.dialect.aliyun.app.AliyunTimes;
import io.berth.json.Members;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Consumer groups of the server-side subscription (spec aliyun-openapi 3.2).
final class ConsumerGroupActions implements Action.Group {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]{4,30}");
    private static final int MAX_PAGE = 1_000;

    private final VendorGroups groups;

    ConsumerGroupActions(VendorGroups groups) {
        this.groups = groups;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.SUBSCRIPTIONS, Family.SUBSCRIPTIONS);
        return List.of(
                about.changes("CreateConsumerGroup", NewGroup.class, this::create),
                about.changes("UpdateConsumerGroup", Renaming.class, this::rename),
                about.changes("DeleteConsumerGroup", OneGroup.class, this::delete),
                about.changes("ResetConsumerGroupPosition", OneGroup.class, this::skip),
                about.reads("QueryConsumerGroupByGroupId", OneGroup.class, this::show),
                about.reads("QueryConsumerGroupList", Listing.class, this::list),
                about.reads("QueryConsumerGroupStatus", OneGroup.class, this::status));
    }

    record NewGroup(String groupName) {}

    record Renaming(String groupId, String newGroupName) {}

    record OneGroup(String groupId) {}

    /// @param fuzzy whether a part of the name is enough
    record Listing(
            int currentPage,
            int pageSize,
            @Nullable String groupName,
            @Nullable Boolean fuzzy) {}

    private Value.Fields create(Call<NewGroup> call) {
        ConsumerGroup group = groups.create(named(call.input().groupName()));
        return Value.Fields.of("GroupId", new Value.Text(group.id()));
    }

    private Value.Fields rename(Call<Renaming> call) {
        groups.rename(call.input().groupId(), named(call.input().newGroupName()));
        return Value.Fields.NONE;
    }

    private Value.Fields delete(Call<OneGroup> call) {
        groups.delete(call.input().groupId());
        return Value.Fields.NONE;
    }

    private Value.Fields skip(Call<OneGroup> call) {
        groups.skip(call.input().groupId());
        return Value.Fields.NONE;
    }

    private Value.Fields show(Call<OneGroup> call) {
        return Value.Fields.of("Data", words(groups.get(call.input().groupId())));
    }

    private Value.Fields list(Call<Listing> call) {
        Listing wanted = call.input();
        Paging paging = Paging.of(wanted.currentPage(), wanted.pageSize(), MAX_PAGE);
        boolean fuzzy = Boolean.TRUE.equals(wanted.fuzzy());
        String name = Objects.requireNonNullElse(wanted.groupName(), "");
        Refusal.require(!fuzzy || !name.isEmpty(), "check.InvalidFormattedParameter", "Fuzzy needs a GroupName");
        List<ConsumerGroup> found = groups.list().stream()
                .filter(group -> fuzzy ? group.name().contains(name) : name.isEmpty() || name.equals(group.name()))
                .toList();
        List<Value> page = paging.of(found).stream().map(this::words).toList();
        Members answer = new Members().with("Data", Value.Fields.of("ConsumerGroupDTO", new Value.Items(page)));
        return paging.tell(answer, "CurrentPage", found.size()).end();
    }

    private Value.Fields status(Call<OneGroup> call) {
        Readers.Progress progress = groups.progress(call.input().groupId());
        List<Value> clients = progress.consumers().stream()
                .<Value>map(client -> new Members()
                        .with("ClientId", client.peer().client())
                        .with("ClientIpPort", client.peer().address())
                        .with("OnlineTime", client.since().toEpochMilli())
                        .with("AccumulatedConsumeCountPerMinute", client.pace().late())
                        .with("RealTimeConsumeCountPerMinute", client.pace().live())
                        .end())
                .toList();
        int late = sum(progress, Readers.Pace::late);
        int live = sum(progress, Readers.Pace::live);
        return new Members()
                .with("AccumulationCount", progress.waiting())
                .with("AccumulatedConsumeCountPerMinute", late)
                .with("RealTimeConsumeCountPerMinute", live)
                .with("ConsumerSpeed", late + live)
                .withUnlessEmpty(
                        "LastConsumerTime",
                        progress.lastAccepted() == null ? "" : AliyunTimes.utc(progress.lastAccepted()))
                .with(
                        "ClientConnectionStatusList",
                        Value.Fields.of("ConsumerGroupClientConnectionInfo", new Value.Items(clients)))
                .end();
    }

    private static int sum(Readers.Progress progress, ToIntFunction<Readers.Pace> rate) {
        return progress.consumers().stream()
                .map(Readers.Attendance::pace)
                .mapToInt(rate)
                .sum();
    }

    private Value words(ConsumerGroup group) {
        return new Members()
                .with("CreateTime", AliyunTimes.utc(group.created()))
                .with("GroupId", VendorGroups.idOf(group))
                .with("GroupName", group.name())
                .end();
    }

    private static String named(String name) {
        Refusal.require(
                NAME.matcher(name).matches(),
                "check.InvalidFormattedParameter",
                "a group name has 4 to 30 letters, digits, _, Chinese or Japanese characters");
        return name;
    }
}
