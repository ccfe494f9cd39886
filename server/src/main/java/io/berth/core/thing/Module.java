package io.berth.core.thing;

import java.util.List;

/// A part of a thing model with names of its own; one vendor says module, the other service.
///
/// @param id empty for the default module, whose members have no prefix
/// @param type a word the vendor's model groups modules by, empty when there is none
public record Module(
        String id,
        String name,
        String description,
        String type,
        Presence presence,
        List<Property> properties,
        List<EventType> events,
        List<Service> services) {
    public static final String DEFAULT = "";

    /// What the default module is called where a name must stand; no other module has it.
    public static final String DEFAULT_WORD = "default";

    public Module {
        properties = List.copyOf(properties);
        events = List.copyOf(events);
        services = List.copyOf(services);
    }

    /// Whether every device of the product has it.
    public enum Presence {
        MASTER,
        MANDATORY,
        OPTIONAL
    }

    /// The name of a member across the whole model: `Temp` in the default module, `lamp:Temp` in another.
    public static String key(String module, String identifier) {
        return module.isEmpty() ? identifier : module + ":" + identifier;
    }

    /// The module's part of a key.
    public static String moduleOf(String key) {
        int colon = key.indexOf(':');
        return colon < 0 ? DEFAULT : key.substring(0, colon);
    }

    /// The identifier's part of a key.
    public static String identifierOf(String key) {
        return key.substring(key.indexOf(':') + 1);
    }
}
