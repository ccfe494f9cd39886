package io.berth.dialect.huawei.rest;

import io.berth.core.audit.AuditedCalls;
import io.berth.core.call.Calls;
import io.berth.core.call.Wishes;
import io.berth.core.caller.Callers;
import io.berth.core.caller.PasswordLogins;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.core.outbox.Outbox;
import io.berth.core.product.Products;
import io.berth.core.rule.Rules;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import java.time.InstantSource;

/// What the operations work on.
public record RestServices(
        AuditedCalls audited,
        Callers callers,
        PasswordLogins logins,
        Products products,
        Devices devices,
        Tags tags,
        Topology topology,
        Sessions sessions,
        Messages messages,
        Downlinks downlinks,
        Outbox outbox,
        Wishes wishes,
        Calls calls,
        Rules rules,
        InstantSource clock) {}
