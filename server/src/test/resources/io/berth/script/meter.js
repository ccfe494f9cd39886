// A 60-byte frame of a meter: head, 16-bit fields, 24 samples, a checksum.
var REPORT = 0x00, SET_REPLY = 0x01, ALARM = 0x02;
var METHODS = {0: 'thing.event.property.post', 1: 'thing.service.property.set', 2: 'thing.event.alarm.post'};
var UNITS = ['kWh', 'm3', 'L'];
function u16(bytes, at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
}
function s16(bytes, at) {
    var value = u16(bytes, at);
    return value > 0x7fff ? value - 0x10000 : value;
}
function hex(value) {
    var text = value.toString(16);
    return text.length < 2 ? '0' + text : text;
}
function checksum(bytes, end) {
    var sum = 0;
    for (var i = 0; i < end; i++) {
        sum = (sum + (bytes[i] & 0xff)) & 0xff;
    }
    return sum;
}
function rawDataToProtocol(bytes) {
    var kind = bytes[0] & 0xff;
    var message = {method: METHODS[kind], version: '1.0', id: String(u16(bytes, 1))};
    if (checksum(bytes, bytes.length - 1) !== (bytes[bytes.length - 1] & 0xff)) {
        throw new Error('checksum of frame ' + message.id);
    }
    if (kind === SET_REPLY) {
        message.code = bytes[3] === 0 ? 200 : 460;
        message.data = {};
        return message;
    }
    var params = {Temperature: s16(bytes, 3) / 10, Humidity: u16(bytes, 5) / 10, Battery: bytes[7] & 0xff};
    params.Unit = UNITS[bytes[8] & 0x03];
    params.Open = bytes[8] & 0x80 ? 1 : 0;
    var serial = '';
    for (var i = 9; i < 13; i++) {
        serial += hex(bytes[i] & 0xff);
    }
    params.Serial = serial.toUpperCase();
    var samples = [];
    for (var at = 13; at + 1 < bytes.length - 1; at += 2) {
        samples.push(s16(bytes, at) / 100);
    }
    params.Samples = samples;
    message.params = kind === ALARM ? {Code: bytes[7] & 0xff, Text: params.Serial} : params;
    return message;
}
function protocolToRawData(message) {
    var id = parseInt(message.id, 10) || 0;
    if (message.method === 'thing.service.property.set') {
        var temp = Math.round(message.params.Temperature * 10);
        return [1, id >> 8, id, temp >> 8, temp];
    }
    return [2, id >> 8, id, message.code === 200 ? 0 : 1];
}
