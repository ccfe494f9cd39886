package io.berth.core.product;

import static io.berth.core.ProblemException.require;

import io.berth.core.topic.TopicClass;

/// A topic class of a product by the number it can be changed and deleted by alone.
///
/// @param description at most 256 characters
public record ProductTopic(long id, String product, TopicClass topic, String description) {
    public ProductTopic {
        require(description.length() <= 256, "the description of a topic class has at most 256 characters");
    }
}
