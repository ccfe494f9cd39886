package io.berth.core.product;

import static io.berth.core.ProblemException.require;

import io.berth.core.credential.Secret;
import io.berth.core.thing.ThingModel;
import io.berth.core.topic.TopicClass;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What devices of one kind share.
///
/// @param key unique, 1 to 64 of `A-Z a-z 0-9 _ -`; part of every device's identity
/// @param alias a second unique name, 1 to 64 of the same characters
/// @param name what people call it, 1 to 128 characters
/// @param secret signs registrations of devices that have no secret yet
/// @param topics the custom topic classes, at most 50
/// @param model the published thing model
/// @param space the id of the resource space it belongs to
/// @param released whether nothing of it may be changed, so that its devices can rely on it
/// @param dynamicRegistration whether its secret gives a device that exists its own
/// @param withoutPreregistration whether it also lets in devices nobody registered before they came
public record Product(
        String key,
        String alias,
        String name,
        Secret secret,
        AuthKind auth,
        NodeType nodeType,
        DataFormat format,
        boolean dynamicRegistration,
        List<TopicClass> topics,
        Instant created,
        ThingModel model,
        String space,
        Profile profile,
        boolean released,
        boolean withoutPreregistration) {

    /// Bound of spec aliyun-device 5.1 and huawei-iotda 3.4.
    public static final int MAX_TOPICS = 50;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public Product {
        require(KEY.matcher(key).matches(), "a product key has 1 to 64 of A-Z a-z 0-9 _ -, not \"" + key + "\"");
        require(KEY.matcher(alias).matches(), "a product alias has 1 to 64 of A-Z a-z 0-9 _ -, not \"" + alias + "\"");
        require(!name.isBlank() && name.length() <= 128, "a product name has 1 to 128 characters");
        require(topics.size() <= MAX_TOPICS, "a product has at most " + MAX_TOPICS + " topic classes");
        topics = List.copyOf(topics);
    }

    /// As products are in the beginning: in the default space, and nothing said of it.
    public Product(
            String key,
            String alias,
            String name,
            Secret secret,
            AuthKind auth,
            NodeType nodeType,
            DataFormat format,
            boolean dynamicRegistration,
            List<TopicClass> topics,
            Instant created,
            ThingModel model) {
        this(
                key,
                alias,
                name,
                secret,
                auth,
                nodeType,
                format,
                dynamicRegistration,
                topics,
                created,
                model,
                Space.DEFAULT_ID,
                Profile.EMPTY,
                false,
                false);
    }

    /// What may be changed of a product; what is null stays.
    ///
    /// @param space the id of another resource space
    public record Edit(
            @Nullable String name,
            @Nullable String space,
            @Nullable DataFormat format,
            @Nullable Profile profile) {}

    public Product edited(Edit edit) {
        return new Product(
                key,
                alias,
                Objects.requireNonNullElse(edit.name(), name),
                secret,
                auth,
                nodeType,
                Objects.requireNonNullElse(edit.format(), format),
                dynamicRegistration,
                topics,
                created,
                model,
                Objects.requireNonNullElse(edit.space(), space),
                Objects.requireNonNullElse(edit.profile(), profile),
                released,
                withoutPreregistration);
    }

    /// Who may register by the product's secret; what is null stays.
    public record Registration(
            @Nullable Boolean dynamic, @Nullable Boolean withoutPreregistration) {}

    public Product registering(Registration changed) {
        return new Product(
                key,
                alias,
                name,
                secret,
                auth,
                nodeType,
                format,
                Objects.requireNonNullElse(changed.dynamic(), dynamicRegistration),
                topics,
                created,
                model,
                space,
                profile,
                released,
                Objects.requireNonNullElse(changed.withoutPreregistration(), withoutPreregistration));
    }

    public Product withReleased(boolean changed) {
        return with(topics, model, changed);
    }

    public Product withTopics(List<TopicClass> changed) {
        return with(changed, model, released);
    }

    public Product withModel(ThingModel changed) {
        return with(topics, changed, released);
    }

    private Product with(List<TopicClass> topics, ThingModel model, boolean released) {
        return new Product(
                key,
                alias,
                name,
                secret,
                auth,
                nodeType,
                format,
                dynamicRegistration,
                topics,
                created,
                model,
                space,
                profile,
                released,
                withoutPreregistration);
    }

    /// Whether devices may publish on this path below their own root. Classes with wildcards never allow it.
    public boolean allowsPublish(String path) {
        for (TopicClass topic : topics) {
            if (topic.access().allowsPublish() && topic.path().equals(path)) {
                return true;
            }
        }
        return false;
    }

    /// How devices of the product prove who they are.
    public enum AuthKind {
        SECRET,
        X509
    }

    /// Where devices of the product stand: directly connected, connected with devices behind, behind a gateway.
    public enum NodeType {
        DIRECT,
        GATEWAY,
        SUB
    }

    /// What devices send: JSON of their dialect, or bytes that a script turns into it.
    public enum DataFormat {
        JSON,
        RAW
    }
}
