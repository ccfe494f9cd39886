package io.berth.dialect.huawei.rest;

import io.berth.core.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A linkage rule as it is written (spec huawei-iotda-routes, structures of 7.8).
///
/// @param appId the resource space of the devices it names
record LinkageForm(
        String appId,
        String name,
        @Nullable String description,
        ConditionGroup conditionGroup,
        List<RuleAction> actions) {
    /// @param logic `and` or `or`
    record ConditionGroup(
            List<RuleCondition> conditions,
            @Nullable String logic,
            @Nullable TimeRange timeRange) {}

    record RuleCondition(
            String type,
            @Nullable DataCondition devicePropertyCondition,
            @Nullable SimpleTimer simpleTimerCondition,
            @Nullable DailyTimer dailyTimerCondition,
            @Nullable StatusCondition deviceLinkageStatusCondition) {}

    /// @param productId for any device of a product
    record DataCondition(
            @Nullable String deviceId, @Nullable String productId, List<PropertyFilter> filters) {}

    /// @param path service and property with a slash between
    record PropertyFilter(
            String path,
            String operator,
            @Nullable String value,
            @Nullable List<String> inValues,
            @Nullable Strategy strategy) {}

    /// @param trigger `pulse` for each match, `reverse` for the change to a match
    record Strategy(@Nullable String trigger, @Nullable Integer eventValidTime) {}

    /// @param repeatInterval seconds
    record SimpleTimer(
            String startTime,
            @Nullable Integer repeatInterval,
            @Nullable Integer repeatCount) {}

    /// @param time `HH:mm`
    /// @param daysOfWeek `1,2`: 1 is Sunday
    record DailyTimer(String time, @Nullable String daysOfWeek) {}

    /// @param duration minutes
    record StatusCondition(
            @Nullable String deviceId,
            @Nullable String productId,
            @Nullable List<String> statusList,
            @Nullable Integer duration) {}

    record TimeRange(
            String startTime, String endTime, @Nullable String daysOfWeek) {}

    record RuleAction(
            String type,
            @Nullable DeviceCommand deviceCommand,
            @Nullable DeviceAlarm deviceAlarm) {}

    /// @param deviceId null for the device of the condition
    record DeviceCommand(@Nullable String deviceId, Command cmd) {}

    /// @param bufferTimeout for how many seconds it may wait for its device
    /// @param mode `ACTIVE` to be sent at once, `PASSIVE` to wait
    record Command(
            String commandName,
            Value.@Nullable Fields commandBody,
            String serviceId,
            @Nullable Integer bufferTimeout,
            @Nullable Integer responseTimeout,
            @Nullable String mode) {}

    record DeviceAlarm(
            String name,
            String alarmStatus,
            String severity,
            @Nullable String dimension,
            @Nullable String description) {}
}
