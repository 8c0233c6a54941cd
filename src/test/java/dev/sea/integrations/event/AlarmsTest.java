package dev.sea.integrations.event;

import static dev.sea.integrations.testing.MadeMetrics.nothing;
import static dev.sea.integrations.testing.MadeMetrics.reported;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.testing.CloudWatchAlarm;
import dev.sea.integrations.testing.MadeMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alarm of {@code template.yaml} on metrics of situations in which it has to fire, and of ones in which it must not. */
class AlarmsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, CloudWatchAlarm> ALARMS = CloudWatchAlarm.all();

    /** Everything is well until then. */
    private static final int START = 120;

    private static final int END = 400;

    private static final String ERRORS_OF_API = "5xx{ApiId=Api}";
    private static final String REQUESTS = "Count{ApiId=Api}";
    private static final String OLDEST_DUE = "OldestDueSeconds{Stage=Stage}";
    private static final String OLDEST_PROOF = "OldestProofSeconds{Stage=Stage}";
    private static final String UNKNOWN = "Unknown{Stage=Stage}";
    private static final String VALIDATED = "Validated{Stage=Stage}";
    private static final String FAILED = "Failed{Stage=Stage}";
    private static final String RECORDINGS_MISSING = "RecordingsMissing{Stage=Stage}";
    private static final String OWN_FAULTS = "OwnFaults{Stage=Stage}";
    private static final String UNREADABLE = "UnreadableRecords{Stage=Stage}";
    private static final int SHARDS = 8;

    /**
     * A situation.
     *
     * @param fires after how many minutes at the latest; empty: never
     * @param over after how many minutes it has to be OK again; empty: it goes on
     */
    record Situation(String alarm, String what, MadeMetrics metrics, Optional<Integer> fires, Optional<Integer> over) {

        static Situation firing(String alarm, String what, int within, MadeMetrics metrics) {
            return new Situation(alarm, what, metrics, Optional.of(within), Optional.empty());
        }

        static Situation quiet(String alarm, String what, MadeMetrics metrics) {
            return new Situation(alarm, what, metrics, Optional.empty(), Optional.empty());
        }

        Situation overAfter(int minutes) {
            return new Situation(alarm, what, metrics, fires, Optional.of(minutes));
        }

        @Override
        public String toString() {
            return alarm + (fires.isPresent() ? " fires: " : " is quiet: ") + what;
        }
    }

    private static List<Situation> situations() {
        List<Situation> all = new ArrayList<>();
        all.addAll(ofApi());
        all.addAll(ofFunctions());
        all.addAll(ofQueues());
        all.addAll(ofSweeps());
        all.addAll(ofValidations());
        return all;
    }

    private static List<Situation> ofApi() {
        MadeMetrics quietApi = well().with(REQUESTS, every(12, 1)).with(ERRORS_OF_API, every(12, 0));
        MadeMetrics busy = well().with(REQUESTS, every(1, 3000)).with(ERRORS_OF_API, every(1, 0));
        return List.of(
                Situation.firing(
                        "api-server-errors",
                        "a request every 12 minutes, and each fails",
                        36,
                        quietApi.with(ERRORS_OF_API, from(START, every(12, 1)))),
                Situation.firing(
                        "api-server-errors",
                        "2 % of many requests fail",
                        3,
                        busy.with(ERRORS_OF_API, from(START, every(1, 60)))),
                Situation.firing(
                                "api-server-errors",
                                "all fail for ten minutes",
                                3,
                                busy.with(ERRORS_OF_API, during(START, START + 10, every(1, 3000))))
                        .overAfter(70),
                Situation.quiet(
                        "api-server-errors",
                        "one of a thousand fails",
                        busy.with(ERRORS_OF_API, from(START, every(1, 3)))),
                Situation.quiet(
                        "api-server-errors",
                        "two requests of a quiet API failed",
                        quietApi.with(ERRORS_OF_API, during(START, START + 24, every(12, 1)))));
    }

    private static List<Situation> ofFunctions() {
        List<Situation> all = new ArrayList<>();
        for (String[] one : new String[][] {
            {"api-function-errors", "Errors{FunctionName=ApiFunction}"},
            {"api-function-throttles", "Throttles{FunctionName=ApiFunction}"}
        }) {
            all.add(Situation.firing(
                            one[0],
                            "twice in half an hour",
                            31,
                            well().with(one[1], during(START, START + 60, every(30, 1))))
                    .overAfter(100));
            all.add(Situation.quiet(one[0], "once", well().with(one[1], during(START, START + 1, every(1, 1)))));
        }
        for (String[] one : new String[][] {
            {"sweep-failures", "Errors{FunctionName=SweepFunction}"},
            {"sweep-throttles", "Throttles{FunctionName=SweepFunction}"}
        }) {
            all.add(Situation.firing(
                            one[0],
                            "one of eight shards, for ten minutes",
                            3,
                            well().with(one[1], during(START, START + 10, every(1, 1, 0, 0, 0, 0, 0, 0, 0))))
                    .overAfter(16));
            all.add(Situation.quiet(one[0], "once in ten minutes", well().with(one[1], from(START, every(10, 1)))));
        }
        return all;
    }

    private static List<Situation> ofQueues() {
        List<Situation> all = new ArrayList<>();
        for (String[] one : new String[][] {
            {"failed-sweeps", "FailedSweeps.QueueName"}, {"undelivered-ticks", "UndeliveredTicks.QueueName"}
        }) {
            String sent = "NumberOfMessagesSent{QueueName=" + one[1] + "}";
            String lying = "ApproximateNumberOfMessagesVisible{QueueName=" + one[1] + "}";
            all.add(Situation.firing(
                            one[0],
                            "one message comes, and nobody purges the queue",
                            1,
                            well().with(sent, during(START, START + 1, every(1, 1)))
                                    .with(lying, from(START, every(1, 1))))
                    .overAfter(40));
            all.add(Situation.quiet(one[0], "a message of long ago still lies there", well().with(lying, every(1, 1))));
        }
        return all;
    }

    private static List<Situation> ofSweeps() {
        List<Situation> all = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            String alarm = "sweeps-missing-" + shard;
            String sweeps = sweepsOf(shard);
            all.add(Situation.firing(
                    alarm,
                    "nobody sweeps the shard, the others' sweeps end twice in many minutes",
                    12,
                    allShards(minute -> minute % 3 == 0 ? reported(1, 1) : reported(1))
                            .with(sweeps, until(START, every(1, 1)))));
            all.add(Situation.firing(
                            alarm,
                            "Scheduler stops for two hours",
                            12,
                            allShards(minute -> minute < START || minute >= START + 120 ? reported(1) : nothing()))
                    .overAfter(121));
            all.add(Situation.quiet(
                    alarm, "sweeps take so long that only every third minute has one", allShards(every(3, 1))));
            all.add(Situation.quiet(
                    alarm,
                    "the others are dead, the shard is not",
                    allShards(until(START, every(1, 1))).with(sweeps, every(1, 1))));
        }
        IntFunction<double[]> fast = every(1, 0, 0, 0, 0, 0, 0, 0);
        all.add(Situation.firing(
                "oldest-due",
                "one of eight shards is late, and its sweeps end in every second minute",
                6,
                well().with(
                                OLDEST_DUE,
                                minute -> minute >= START && minute < START + 60 && minute % 2 == 0
                                        ? reported(0, 0, 0, 0, 0, 0, 0, 1_000)
                                        : fast.apply(minute))));
        all.add(Situation.quiet(
                "oldest-due", "ten minutes late", well().with(OLDEST_DUE, from(START, every(1, 0, 0, 600)))));
        all.add(Situation.quiet(
                "oldest-due",
                "late once, after a deployment",
                well().with(OLDEST_DUE, minute -> minute == START ? reported(7_000) : reported(0))));
        return all;
    }

    private static List<Situation> ofValidations() {
        // Five integrations: each is validated once an hour, or every five minutes while nothing is learned.
        IntFunction<double[]> five = every(12, 1);
        MadeMetrics small = well().with(VALIDATED, five).with(UNKNOWN, every(1, 0));
        return List.of(
                Situation.firing(
                                "own-faults",
                                "one validation failed on our side",
                                1,
                                well().with(OWN_FAULTS, during(START, START + 1, every(1, 1))))
                        .overAfter(18),
                Situation.quiet("own-faults", "none did", well()),
                Situation.firing(
                                "recordings-missing",
                                "one recording is not where it should be",
                                5,
                                well().with(RECORDINGS_MISSING, during(START, START + 1, every(1, 1))))
                        .overAfter(75),
                Situation.quiet("recordings-missing", "all arrive", well()),
                Situation.firing(
                                "validations-failed",
                                "one record breaks off every validation, each time its lease ends",
                                10,
                                well().with(FAILED, elseZero(during(START, START + 60, every(2, 1)))))
                        .overAfter(75),
                Situation.quiet(
                        "validations-failed",
                        "DynamoDB failed for a minute",
                        well().with(FAILED, elseZero(during(START, START + 1, every(1, 40))))),
                Situation.firing(
                        "validations-unknown",
                        "all five integrations learn nothing",
                        30,
                        small.with(UNKNOWN, from(START, every(5, 5))).with(VALIDATED, from(START, every(5, 5)))),
                Situation.firing(
                        "validations-unknown",
                        "half of a thousand learn nothing",
                        30,
                        well().with(UNKNOWN, from(START, every(5, 500)))
                                .with(
                                        VALIDATED,
                                        minute -> minute >= START && minute % 5 == 0 ? reported(508) : reported(8))),
                Situation.quiet(
                        "validations-unknown",
                        "the bucket of one of five does not answer",
                        small.with(UNKNOWN, from(START, every(5, 1)))
                                .with(
                                        VALIDATED,
                                        minute -> minute % 12 == 0 || (minute >= START && minute % 5 == 0)
                                                ? reported(1)
                                                : reported(0))),
                Situation.quiet(
                        "validations-unknown",
                        "one in fifty learns nothing",
                        well().with(VALIDATED, every(1, 50)).with(UNKNOWN, every(1, 1))),
                Situation.firing(
                        "unreadable-records",
                        "one record cannot be read, and is looked at once an hour",
                        5,
                        well().with(UNREADABLE, elseZero(from(START, every(60, 1))))),
                Situation.firing(
                                "unreadable-records",
                                "a record that could not be read is corrected",
                                5,
                                well().with(UNREADABLE, elseZero(during(START, START + 1, every(1, 1)))))
                        .overAfter(90),
                Situation.quiet("unreadable-records", "every record can be read", well().with(UNREADABLE, every(1, 0))),
                Situation.firing(
                                "oldest-proof",
                                "an integration that is looked at every six minutes was last proved two hours before",
                                12,
                                well().with(
                                                OLDEST_PROOF,
                                                minute -> minute >= START && minute < START + 60 && minute % 6 == 0
                                                        ? reported(0, 7_300)
                                                        : reported(0)))
                        .overAfter(80),
                Situation.quiet(
                        "oldest-proof",
                        "nothing was learned for half an hour, of ones proved an hour before",
                        well().with(OLDEST_PROOF, from(START, every(5, 5_400)))));
    }

    @ParameterizedTest
    @MethodSource("situations")
    void anAlarmFiresWhenItHasTo(Situation situation) {
        CloudWatchAlarm alarm = alarm(situation.alarm());
        List<Integer> minutes = IntStream.range(START / 2, END)
                .filter(minute -> alarm.isAlarm(situation.metrics(), minute))
                .boxed()
                .toList();

        if (situation.fires().isEmpty()) {
            assertThat(minutes).as("minutes in ALARM").isEmpty();
            return;
        }
        assertThat(minutes).as("minutes in ALARM").isNotEmpty();
        assertThat(minutes.getFirst())
                .isBetween(START, START + situation.fires().orElseThrow());
        situation
                .over()
                .ifPresent(over ->
                        assertThat(minutes.getLast()).as("the last in ALARM").isLessThan(START + over));
    }

    @Test
    void eachAlarmIsTriedOnASituationInWhichItFiresAndOneInWhichItDoesNot() {
        assertThat(tried(true)).isEqualTo(ALARMS.keySet());
        assertThat(tried(false)).isEqualTo(ALARMS.keySet());
    }

    @Test
    void ownFaultsStayInAlarmWhileTheyGoOn() {
        MadeMetrics goingOn = well().with(OWN_FAULTS, from(START, every(6, 1)));

        assertThat(IntStream.range(START, END)
                        .filter(minute -> !alarm("own-faults").isAlarm(goingOn, minute)))
                .as("minutes in between in which it is OK")
                .isEmpty();
    }

    @Test
    void whenAllIsWellNoAlarmFires() {
        assertThat(ALARMS)
                .allSatisfy((_, alarm) ->
                        assertThat(IntStream.range(START / 2, END)).noneMatch(minute -> alarm.isAlarm(well(), minute)));
    }

    /** The rows of AWS's own tables, the oldest value first: {@code -} is missing, {@code X} breaches. */
    @ParameterizedTest(name = "{0} of 3 with [{1}]: breaching {2}, notBreaching {3}")
    @CsvSource({
        "3, 0 - X - X, false, false",
        "3, 0 - - - -, false, false",
        "3, - - - - -, true,  false",
        "3, 0 X X - X, true,  true",
        "3, - - X - -, true,  false",
        "2, 0 - X - X, true,  true",
        "2, 0 0 X 0 X, true,  true",
        "2, 0 - X - -, true,  false",
        "2, - - - - 0, true,  false",
        "2, - - - X -, true,  false",
    })
    void missingValuesCountAsInCloudWatch(int m, String points, boolean breaching, boolean notBreaching) {
        List<OptionalDouble> youngestFirst = Stream.of(points.split(" "))
                .map(point -> switch (point) {
                    case "-" -> OptionalDouble.empty();
                    case "X" -> OptionalDouble.of(1);
                    default -> OptionalDouble.of(0);
                })
                .toList()
                .reversed();

        assertThat(threeOf(m, "breaching").isAlarm(youngestFirst)).isEqualTo(breaching);
        assertThat(threeOf(m, "notBreaching").isAlarm(youngestFirst)).isEqualTo(notBreaching);
    }

    @Test
    void alarmsAndDashboardWatchMetricsThatTheServiceWrites() throws IOException {
        Set<String> emitted = emitted();

        Set<String> watched = new TreeSet<>();
        ALARMS.values().stream()
                .flatMap(alarm -> alarm.metrics().stream())
                .filter(metric -> metric.path("Namespace").asText().equals("SEA/ExternalIntegrations"))
                .forEach(metric -> watched.add(metric.path("MetricName").asText() + dimensions(metric)));
        assertThat(emitted).containsAll(watched);
        for (JsonNode widget : dashboard().path("widgets")) {
            for (JsonNode metric : widget.at("/properties/metrics")) {
                if (metric.path(0).asText().equals("SEA/ExternalIntegrations")) {
                    assertThat(emitted)
                            .contains(metric.path(1).asText() + "["
                                    + metric.path(2).asText() + "]");
                }
                String search = metric.path(0).path("expression").asText("");
                Matcher parts = Pattern.compile("\\{SEA/ExternalIntegrations,(\\w+),(\\w+)} MetricName=\"(\\w+)\"")
                        .matcher(search);
                if (!search.isEmpty()) {
                    assertThat(parts.find()).as(search).isTrue();
                    assertThat(emitted)
                            .contains(parts.group(3) + new TreeSet<>(Set.of(parts.group(1), parts.group(2))));
                }
            }
        }
    }

    @Test
    void theDashboardShowsEveryAlarm() {
        String dashboard =
                CloudWatchAlarm.resources("AWS::CloudWatch::Dashboard").toString();

        assertThat(CloudWatchAlarm.resources("AWS::CloudWatch::Alarm").keySet())
                .allSatisfy(id -> assertThat(dashboard).contains("${" + id + ".Arn}"));
    }

    @Test
    void everyAlarmTellsTheTopicWhenItBeginsAndWhenItEnds() {
        assertThat(ALARMS.values()).allSatisfy(alarm -> {
            assertThat(alarm.properties().path("AlarmActions").toString()).isEqualTo("[\"AlarmTopic\"]");
            assertThat(alarm.properties().path("OKActions").toString()).isEqualTo("[\"AlarmTopic\"]");
        });
    }

    @Test
    void everyAlarmAndEveryStateOfHealthHasItsSectionForTheOperator() throws IOException {
        String operations = Files.readString(Path.of("docs/operations.md"));

        Set<String> sections = Pattern.compile("(?m)^### (.*)$")
                .matcher(operations)
                .results()
                .flatMap(heading ->
                        Pattern.compile("`([^`]+)`").matcher(heading.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        assertThat(sections)
                .containsAll(ALARMS.keySet().stream()
                        .map(name -> name.replaceFirst("-\\d$", "-N"))
                        .toList())
                .containsAll(Stream.of(Health.Status.values()).map(Enum::name).toList());
    }

    private static Set<String> tried(boolean fires) {
        return situations().stream()
                .filter(situation -> situation.fires().isPresent() == fires)
                .map(Situation::alarm)
                .collect(Collectors.toSet());
    }

    private static CloudWatchAlarm alarm(String name) {
        CloudWatchAlarm alarm = ALARMS.get(name);
        if (alarm == null) {
            throw new AssertionError("the template has no alarm " + name);
        }
        return alarm;
    }

    private static CloudWatchAlarm threeOf(int m, String missing) {
        return new CloudWatchAlarm(JSON.createObjectNode()
                .put("EvaluationPeriods", 3)
                .put("DatapointsToAlarm", m)
                .put("ComparisonOperator", "GreaterThanOrEqualToThreshold")
                .put("Threshold", 1)
                .put("TreatMissingData", missing));
    }

    /** What a deployment with eight shards reports while all is well and nobody calls the API. */
    private static MadeMetrics well() {
        return allShards(every(1, 1))
                .with(OLDEST_DUE, every(1, 0, 0, 0, 30, 0, 0, 0, 0))
                .with(OLDEST_PROOF, every(1, 0, 0, 0, 0, 0, 0, 0, 0))
                .with(FAILED, every(1, 0))
                .with(UNKNOWN, every(1, 0))
                .with(VALIDATED, every(1, 8))
                .with("Errors{FunctionName=SweepFunction}", every(1, 0))
                .with("Throttles{FunctionName=SweepFunction}", every(1, 0));
    }

    private static MadeMetrics allShards(IntFunction<double[]> sweeps) {
        MadeMetrics metrics = MadeMetrics.none();
        for (int shard = 0; shard < SHARDS; shard++) {
            metrics = metrics.with(sweepsOf(shard), sweeps);
        }
        return metrics;
    }

    private static String sweepsOf(int shard) {
        return "Sweeps{Shard=" + shard + ", Stage=Stage}";
    }

    private static IntFunction<double[]> every(int minutes, double... values) {
        return minute -> minute % minutes == 0 ? values : nothing();
    }

    private static IntFunction<double[]> from(int start, IntFunction<double[]> metric) {
        return during(start, END, metric);
    }

    private static IntFunction<double[]> until(int end, IntFunction<double[]> metric) {
        return minute -> minute < end ? metric.apply(minute) : nothing();
    }

    private static IntFunction<double[]> during(int start, int end, IntFunction<double[]> metric) {
        return minute -> minute >= start && minute < end ? metric.apply(minute - start) : nothing();
    }

    /** Sweeps report a zero where nothing happened. */
    private static IntFunction<double[]> elseZero(IntFunction<double[]> metric) {
        return minute -> metric.apply(minute).length == 0 ? reported(0) : metric.apply(minute);
    }

    private static String dimensions(JsonNode metric) {
        Set<String> names = new TreeSet<>();
        metric.path("Dimensions").forEach(one -> names.add(one.path("Name").asText()));
        return names.toString();
    }

    private static JsonNode dashboard() throws IOException {
        JsonNode body = CloudWatchAlarm.resources("AWS::CloudWatch::Dashboard").values().stream()
                .findFirst()
                .orElseThrow()
                .at("/Properties/DashboardBody/0");
        return JSON.readTree(body.asText().replace("${AlarmsOfMoreShards}", ""));
    }

    /** Every metric that the service writes, with the names of its dimensions. */
    private static Set<String> emitted() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Metrics metrics = new Metrics(
                JSON, EventBusTest.CONFIG, () -> Instant.EPOCH, new PrintStream(written, true, StandardCharsets.UTF_8));
        metrics.swept(
                0,
                new Metrics.Swept(0, 0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO),
                List.of(Duration.ofMillis(40)));
        metrics.ownFault();
        metrics.recordingMissing();
        metrics.healthChanged(Health.Status.STALE);
        Set<String> emitted = new TreeSet<>();
        for (String line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode directive = JSON.readTree(line).at("/_aws/CloudWatchMetrics/0");
            Set<String> dimensions = new TreeSet<>();
            directive.at("/Dimensions/0").forEach(name -> dimensions.add(name.asText()));
            directive
                    .path("Metrics")
                    .forEach(metric -> emitted.add(metric.path("Name").asText() + dimensions));
        }
        return emitted;
    }
}
