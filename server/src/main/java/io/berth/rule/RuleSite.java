package io.berth.rule;

import io.berth.core.alarm.AlarmBell;
import io.berth.core.rule.ActionMeters;
import io.berth.core.subscription.Readers;
import io.berth.stream.group.GroupReaders;
import java.time.InstantSource;

/// What actions have around them: where their events come from, and who hears of them.
public record RuleSite(
        Readers readers,
        GroupReaders consumers,
        AlarmBell bell,
        ActionMeters meters,
        RuleConfig config,
        InstantSource clock) {}
