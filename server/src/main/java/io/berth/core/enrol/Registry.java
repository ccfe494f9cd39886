package io.berth.core.enrol;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.Devices;
import io.berth.core.product.Products;
import io.berth.core.session.Sessions;

/// What is known of devices, and which of them are here.
public record Registry(Products products, Devices devices, DeviceDirectory directory, Sessions sessions) {}
