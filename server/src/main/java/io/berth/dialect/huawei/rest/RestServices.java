package io.berth.dialect.huawei.rest;

import io.berth.core.audit.AuditedCalls;
import io.berth.core.caller.Callers;
import io.berth.core.caller.PasswordLogins;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.core.product.Products;
import io.berth.core.session.Messages;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import java.time.InstantSource;

/// What the operations work on.
public record RestServices(
        AuditedCalls calls,
        Callers callers,
        PasswordLogins logins,
        Products products,
        Devices devices,
        Tags tags,
        Topology topology,
        Sessions sessions,
        Messages messages,
        InstantSource clock) {}
