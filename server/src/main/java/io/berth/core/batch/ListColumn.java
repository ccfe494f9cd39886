package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The columns a list of devices may have. The words are the vendor's where it has them; others that lists come
/// with are understood too, in any case and with or without signs between their parts.
enum ListColumn {
    PRODUCT_KEY("ProductKey", "", "product") {
        @Override
        void check(String product, String cell) {
            require(cell.isEmpty() || cell.equals(product), "\"" + cell + "\" is another product than " + product);
        }
    },
    DEVICE_NAME("DeviceName", "", "name|device") {
        @Override
        void check(String product, String cell) {
            var _ = new DeviceId(product, cell);
        }
    },
    DEVICE_SECRET("DeviceSecret", "secret", "secret") {
        @Override
        void check(String product, String cell) {
            if (!cell.isEmpty()) {
                var _ = new Secret(cell);
            }
        }
    },
    NICKNAME("DeviceNickname", "nickname", "nickname") {
        @Override
        void check(String product, String cell) {
            var _ = DeviceProfile.EMPTY.withNickname(cell);
        }
    },
    ALIAS("Alias", "alias", "huaweiid") {
        @Override
        void check(String product, String cell) {
            require(cell.isEmpty() || Device.isAlias(cell), "a device alias has 1 to 128 of A-Z a-z 0-9 - _ @ . :");
        }
    },
    NODE_ID("NodeId", "node-id", "sn") {
        @Override
        void check(String product, String cell) {
            require(cell.isEmpty() || Device.isAlias(cell), "a node id has 1 to 128 of A-Z a-z 0-9 - _ @ . :");
        }
    },
    DESCRIPTION("Description", "description", "description") {
        @Override
        void check(String product, String cell) {
            var _ = new DeviceProfile("", cell, "", false, null);
        }
    };

    private final String word;
    private final String member;
    private final String others;

    /// @param member of a target's input, empty for what is none
    /// @param others an expression for other words, in lower case
    ListColumn(String word, String member, String others) {
        this.word = word;
        this.member = member;
        this.others = others;
    }

    static Optional<ListColumn> of(String header) {
        String plain = header.toLowerCase(Locale.ROOT).replaceAll("[ *_-]", "");
        return Stream.of(values())
                .filter(column -> column.word.toLowerCase(Locale.ROOT).equals(plain) || plain.matches(column.others))
                .findFirst();
    }

    static String words() {
        return Stream.of(values()).map(ListColumn::word).collect(Collectors.joining(", "));
    }

    String word() {
        return word;
    }

    String member() {
        return member;
    }

    boolean isInput() {
        return !member.isEmpty();
    }

    /// INVALID_ARGUMENT when no device of the product can have this.
    abstract void check(String product, String cell);
}
