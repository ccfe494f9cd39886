'use strict';

// One device, driven by its operator over stdin and stdout: a JSON command per line in, a JSON event per line out.
// Everything on the wire is the vendor's SDK as published; this file only calls its documented methods.
const readline = require('readline');
const iot = require('alibabacloud-iot-device-sdk');

const stdout = process.stdout;
const tell = (event, facts) => stdout.write(JSON.stringify(Object.assign({ event }, facts)) + '\n');

let device;
// the devices behind a gateway, by name
const subDevices = {};

const started = made => {
  device = made;
  ['connect', 'close', 'offline', 'reconnect'].forEach(name => device.on(name, () => tell(name)));
  // the SDK hands on the arguments of its MQTT client as one array
  device.on('error', ([error]) => tell('error', { code: error.code, message: error.message }));
  device.on('message', (topic, payload) => tell('message', { topic, payload: payload.toString() }));
  device.onProps(request => tell('props', { request }));
  device.onConfig(config => tell('config', { config }));
  device.onShadow(shadow => tell('shadow', { shadow }));
};

const answered = what => reply => tell('answered', { what, reply });

const commands = {
  // {"do":"connect","productKey":…,"deviceName":…,"deviceSecret":…,"brokerUrl":"mqtt://127.0.0.1:1883"} and any
  // other option of the SDK
  connect(options) {
    started(iot.device(options));
  },

  // a device that knows only its product's secret asks for its own, over HTTPS at registerURL
  register(options) {
    iot.register(options, answered('register'));
  },

  // the same options; the commands up to `end` below are a gateway's
  gateway(options) {
    started(iot.gateway(options));
  },

  subscribe({ topic, qos = 1 }) {
    device.subscribe(topic, { qos }, (error, granted) =>
      tell('subscribed', { topic, granted: error ? null : granted.map(grant => grant.qos) }));
  },

  publish({ topic, payload, qos = 1 }) {
    device.publish(topic, payload, { qos }, error => tell('published', { topic, failure: error && error.message }));
  },

  postProps({ props }) {
    device.postProps(props, reply => tell('postReply', { reply }));
  },

  postEvent({ name, params }) {
    device.postEvent(name, params, answered('postEvent'));
  },

  // answers every call of the service from now on; the SDK has its user say whether that is `sync` or `async`
  serve({ service, output, way = 'sync' }) {
    device.onService(service, (request, reply) => {
      tell('called', { request });
      reply({ id: request.id, code: 200, data: output }, way);
    });
  },

  // answers every property set from now on; the SDK has no method for that
  obey({ topic, code = 200 }) {
    device.onProps(request => {
      tell('props', { request });
      device.publish(topic, JSON.stringify({ id: request.id, code, data: {} }));
    });
  },

  postTags({ tags }) {
    device.postTags(tags, answered('postTags'));
  },

  deleteTags({ keys }) {
    device.deleteTags(keys, answered('deleteTags'));
  },

  getConfig() {
    device.getConfig(answered('getConfig'));
  },

  postShadow({ reported }) {
    device.postShadow(reported);
  },

  getShadow() {
    device.getShadow();
  },

  deleteShadow({ keys }) {
    device.deleteShadow(keys);
  },

  addTopo({ devices }) {
    device.addTopo(devices, answered('addTopo'));
  },

  getTopo() {
    device.getTopo(answered('getTopo'));
  },

  removeTopo({ devices }) {
    device.removeTopo(devices, answered('removeTopo'));
  },

  registerSub({ devices }) {
    device.regiestSubDevice(devices, answered('registerSub'));
  },

  login({ sub }) {
    const behind = device.login(sub, answered('login'));
    subDevices[sub.deviceName] = behind;
    behind.on('connect', () => tell('subConnect', { name: sub.deviceName }));
    // without a listener, a refused login ends the process
    behind.on('error', () => {});
    behind.onProps(request => tell('subProps', { name: sub.deviceName, request }));
  },

  logout({ sub }) {
    device.logout(sub, answered('logout'));
  },

  postSubProps({ name, props }) {
    subDevices[name].postProps(props, answered('postSubProps'));
  },

  postSubEvent({ name, event, params }) {
    subDevices[name].postEvent(event, params, answered('postSubEvent'));
  },

  postSubTags({ name, tags }) {
    subDevices[name].postTags(tags, answered('postSubTags'));
  },

  serveSub({ name, service, output }) {
    subDevices[name].onService(service, (request, reply) => reply({ id: request.id, code: 200, data: output }, 'sync'));
  },

  end() {
    if (device) {
      device.end(false, {}, () => process.exit(0));
    } else {
      process.exit(0);
    }
  },
};

const lines = readline.createInterface({ input: process.stdin });
lines.on('line', line => {
  const command = JSON.parse(line);
  commands[command.do](command);
});
// whoever drives the device has gone
lines.on('close', () => commands.end());
