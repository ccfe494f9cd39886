package io.berth.core.caller;

/// What calls are about: rights may be given for some of it.
public enum Area {
    /// Resource spaces.
    SPACES,
    PRODUCTS,
    /// Thing models and scripts.
    MODELS,
    /// Registering, finding, changing devices; their tags, certificates and files.
    DEVICES,
    /// Messages to devices.
    MESSAGES,
    /// Properties, services, shadows; state and history.
    THINGS,
    /// Which devices stand behind which gateways.
    GATEWAYS,
    GROUPS,
    /// New firmware and software for devices.
    UPGRADES,
    /// Consumer groups and what they are told.
    SUBSCRIPTIONS,
    /// Forwarding rules, scenes, alarms.
    RULES,
    /// Users, access keys, tokens, the audit log.
    CALLERS,
    /// The node itself.
    PLATFORM
}
