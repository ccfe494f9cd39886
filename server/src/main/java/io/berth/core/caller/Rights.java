package io.berth.core.caller;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceCondition;
import io.berth.core.product.Space;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What a caller may do, about what, and where.
///
/// @param spaces ids of the resource spaces whose products and devices exist for the caller, empty for all
/// @param areas what its calls may be about, empty for everything
public record Rights(Role role, Set<String> spaces, Set<Area> areas) {
    public static final Rights ALL = of(Role.ADMINISTRATOR);

    public Rights {
        spaces = Set.copyOf(spaces);
        areas = Set.copyOf(areas);
    }

    /// Everywhere and about everything.
    public static Rights of(Role role) {
        return new Rights(role, Set.of(), Set.of());
    }

    public boolean allow(Role wanted, Area area) {
        return role.compareTo(wanted) >= 0 && (areas.isEmpty() || areas.contains(area));
    }

    /// Whether it is shown the secrets of products, or of devices: who holds one can be the device, which is more
    /// than to look.
    public boolean seesSecrets(Area area) {
        return allow(Role.OPERATOR, area);
    }

    /// FORBIDDEN says what is missing.
    public void demand(Role wanted, Area area) {
        if (role.compareTo(wanted) < 0) {
            throw new ProblemException(Problem.FORBIDDEN, "this needs the role of " + word(wanted));
        }
        if (!allow(wanted, area)) {
            throw new ProblemException(Problem.FORBIDDEN, "the caller has no right to " + word(area));
        }
    }

    /// Where a product goes of which nobody says where: the default space or, where that is out of reach, the first
    /// of those that are not.
    public String usualSpace() {
        return reach(Space.DEFAULT_ID) ? Space.DEFAULT_ID : new TreeSet<>(spaces).first();
    }

    public boolean reach(String space) {
        return spaces.isEmpty() || spaces.contains(space);
    }

    /// The devices that exist for the caller.
    public DeviceCondition devices() {
        return spaces.isEmpty() ? new DeviceCondition.All(List.of()) : DeviceCondition.inSpaces(spaces);
    }

    /// FORBIDDEN for rights in some resource spaces only, where a call is about all of them at once.
    public void demandAllSpaces() {
        if (!spaces.isEmpty()) {
            throw new ProblemException(
                    Problem.FORBIDDEN, "this is about all resource spaces, and the caller is limited to some");
        }
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
