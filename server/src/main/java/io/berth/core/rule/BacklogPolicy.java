package io.berth.core.rule;

import static io.berth.core.ProblemException.require;

import java.time.Duration;
import java.util.regex.Pattern;

/// How much may wait for any action while its destination is in trouble; of several the least of each counts
/// (spec huawei-iotda 8, stack policy). An action's own [Rule.Policy] holds beside it.
///
/// @param id unique, made up when the policy is
/// @param maxOctets of one action; 0: nothing waits
/// @param maxAge zero: nothing waits
public record BacklogPolicy(String id, String name, String description, long maxOctets, Duration maxAge) {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,256}");
    private static final int MAX_DESCRIPTION = 256;

    public BacklogPolicy {
        demandWords(name, description);
        require(maxOctets >= 0, "a backlog is 0 octets or more");
        require(!maxAge.isNegative(), "a backlog's age is no negative time");
    }

    static void demandWords(String name, String description) {
        require(NAME.matcher(name).matches(), "a policy's name has 1 to 256 characters, no control characters");
        require(
                description.length() <= MAX_DESCRIPTION && description.indexOf('\0') < 0,
                "a policy's description has at most " + MAX_DESCRIPTION + " characters");
    }
}
