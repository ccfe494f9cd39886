package io.berth.dialect.huawei.rest;

import io.berth.core.audit.AuditedCalls;
import io.berth.core.batch.BatchFiles;
import io.berth.core.batch.Batches;
import io.berth.core.call.Calls;
import io.berth.core.call.Wishes;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Nonces;
import io.berth.core.caller.PasswordLogins;
import io.berth.core.certificate.Authorities;
import io.berth.core.certificate.Templates;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import io.berth.core.device.Tags;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.outbox.Outbox;
import io.berth.core.product.Products;
import io.berth.core.product.Spaces;
import io.berth.core.product.ThingModels;
import io.berth.core.rule.Policies;
import io.berth.core.rule.Rules;
import io.berth.core.scene.Scenes;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import io.berth.core.subscription.ConsumerGroups;
import java.time.InstantSource;

/// What the operations work on.
public record RestServices(
        AuditedCalls audited,
        Callers callers,
        Doors doors,
        Spaces spaces,
        Products products,
        ThingModels models,
        Devices devices,
        Tags tags,
        Groups groups,
        Topology topology,
        Sessions sessions,
        Messages messages,
        Downlinks downlinks,
        Outbox outbox,
        Wishes wishes,
        Calls calls,
        Forwarding forwarding,
        ConsumerGroups consumerGroups,
        Batches batches,
        BatchFiles batchFiles,
        Certified certified,
        InstantSource clock) {
    /// @param policies over all rules
    /// @param scenes what is linked to what
    public record Forwarding(Rules rules, Policies policies, Scenes scenes) {}

    /// What devices with certificates of their owners' making log in by.
    public record Certified(Authorities authorities, Templates templates) {}

    /// What stands between the interface and those who may not come in.
    ///
    /// @param signatures slows the guessing of signatures down, by address
    public record Doors(PasswordLogins passwords, LoginGuard signatures, RefusedCalls refused, Nonces nonces) {}
}
