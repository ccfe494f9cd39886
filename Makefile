# Berth's build. Bare `make` explains; ./berth runs what is built.
MVN := scripts/mvn

.PHONY: help dev test check check-tests check-compat fmt compat bench bench-history fuzz torture

help:
	@echo "make dev      compile and start the server on ./data (Ctrl-C stops it)"
	@echo "make test     the tests but the slow ones, a couple of minutes"
	@echo "make check    everything that must hold before a commit lands: format, warnings, architecture,"
	@echo "              all tests, the vendors' SDKs; some nine minutes on two cores"
	@echo "make fmt      format the sources"
	@echo "make compat   only the vendors' own SDKs against a running server"
	@echo "make bench    load scenarios against a fresh server; JSON lines on standard output"
	@echo "make bench-history  what keeping reports costs, and reading ten million points back (a few minutes)"
	@echo "make torture  kill the server, Kafka and consumers at random, and prove that nothing is lost (MINUTES=3 each)"
	@echo "make fuzz     fuzz the packet and login parsers for longer (FUZZ_SECONDS=300)"

dev:
	./berth up

# those tagged slow kill servers, start brokers, or wait for the clock
test:
	$(MVN) -q -T 2 -pl server,simulator test -DexcludedGroups=slow

# everything is compiled and packaged once; then the tests and the vendors' SDKs, which wait a lot, run side by side
check:
	$(MVN) -q -pl peers generate-resources
	$(MVN) -T 2 -pl server,simulator spotless:check package -DskipTests
	$(MAKE) -j 2 check-tests check-compat

check-tests:
	$(MVN) -T 2 -pl server,simulator surefire:test

check-compat:
	$(MVN) -pl compat spotless:check verify

fmt:
	$(MVN) -q spotless:apply

compat:
	$(MVN) -q -pl server,simulator package -DskipTests
	$(MVN) -pl compat verify

bench:
	scripts/bench all --quick

# the flags of the server
bench-history:
	$(MVN) -q -Pjmh -pl benchmarks -am -DskipTests package
	"$$(./berth --java-home)/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmn24m -Xmx512m \
	  --enable-native-access=ALL-UNNAMED -cp benchmarks/target/berth-benchmarks.jar \
	  io.berth.benchmarks.HistoryBenchmark $(POINTS)

torture:
	$(MVN) -q -pl peers,server test -Dtest=Torture -Dsurefire.failIfNoSpecifiedTests=false -Dtorture.minutes=$(or $(MINUTES),3)

# Jazzer fuzzes one target at a time; the others replay their seeds.
FUZZ_TARGETS := io.berth.dialect.DialectFuzzTest io.berth.front.mqtt.PacketFuzzTest
fuzz:
	for target in $(FUZZ_TARGETS); do JAZZER_FUZZ=1 timeout $${FUZZ_SECONDS:-300} $(MVN) -q -pl server test -Dtest=$$target || [ $$? = 124 ] || exit 1; done
