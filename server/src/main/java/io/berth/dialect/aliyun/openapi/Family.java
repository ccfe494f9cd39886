package io.berth.dialect.aliyun.openapi;

/// The words that a group of actions has of its own for what fails (spec aliyun-openapi 3.2).
///
/// @param invalid something given breaks a rule
/// @param limit there are too many already
/// @param failed anything else
record Family(String invalid, String limit, String failed) {
    private static final String INVALID = "iot.check.InvalidFormattedParameter";

    static final Family PRODUCTS =
            new Family(INVALID, "iot.prod.ProductCountExceedMax", "iot.prod.UpdateProductFailed");
    static final Family TOPICS = new Family(
            "iot.messagebroker.InvalidFormattedTopicName",
            "iot.messagebroker.TopicTemplateCountExceedMax",
            "iot.messagebroker.TopicTemplateIsNotFound");
    static final Family DEVICES =
            new Family(INVALID, "iot.device.DeviceCountExceeded", "iot.device.CreateDeviceFailed");
    static final Family TAGS = new Family(
            "iot.device.InvalidFormattedDevicePropertiesString",
            "iot.device.TooManyDevicePropertiesPerTime",
            "iot.device.UpdateDevicePropertiesFailed");
    static final Family TOPOLOGY =
            new Family(INVALID, "iot.device.TopoRelationCountExceeded", "iot.device.AddTopoRelationFailed");
    static final Family GROUPS =
            new Family(INVALID, "iot.group.GroupCountExceeded", "iot.group.OperateDeviceGroupFailed");
    static final Family MESSAGES = new Family(
            "iot.messagebroker.InvalidFormattedTopicName",
            "iot.messagebroker.RateLimit",
            "iot.messagebroker.PublishMessageFailed");
    static final Family PROPERTY_CALLS = new Family(
            "iot.device.SetDevicePropertyFailed",
            "iot.device.SetDevicePropertyFailed",
            "iot.device.SetDevicePropertyFailed");
    static final Family SERVICE_CALLS = new Family(
            "iot.device.InvokeThingServiceFailed",
            "iot.device.InvokeThingServiceFailed",
            "iot.device.InvokeThingServiceFailed");
    static final Family THINGS =
            new Family(INVALID, "iot.check.ParameterIsNotLessThanMax", "iot.system.SystemException");
    static final Family SHADOWS = new Family(
            INVALID, "iot.messagebroker.ShadowMessageLengthIsLarge", "iot.messagebroker.UpdateDeviceShadowFailed");
    static final Family SUBSCRIPTIONS = new Family(INVALID, "iot.check.ParameterIsNotLessThanMax", INVALID);
    static final Family MODELS = new Family(INVALID, "iot.check.ParameterIsNotLessThanMax", INVALID);

    /// The same for an action that fails in another word.
    ///
    /// @param word without the `iot.` before it
    Family failing(String word) {
        return new Family(invalid, limit, "iot." + word);
    }
}
