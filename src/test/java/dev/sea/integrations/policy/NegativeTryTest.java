package dev.sea.integrations.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.policy.NegativeTry.Kind;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of what a trust policy must refuse. */
class NegativeTryTest {
    private static final ExternalId FRESH = ExternalId.mint(new Random(1));
    private static final String CHARACTERS = "abcXYZ059_+=,.@:/-";

    @Test
    void hasFourTriesInItsOrder() {
        assertThat(NegativeTry.plan(new ExternalId("acme-Plant7"), FRESH))
                .extracting(
                        NegativeTry::kind,
                        tried -> tried.externalId().map(ExternalId::value).orElse("none"))
                .containsExactly(
                        tuple(Kind.WITHOUT, "none"),
                        tuple(Kind.NEVER_GIVEN_OUT, FRESH.value()),
                        tuple(Kind.TWICE, "acme-Plant7acme-Plant7"),
                        tuple(Kind.OTHER_CASE, "acme-PlanT7"));
    }

    @ParameterizedTest
    @CsvSource({"ab, aB", "aB, ab", "a1, A1", "1a-, 1A-", "12, 10", "10, 11", "--, -0"})
    void altersTheLastLetterElseTheLastCharacter(String id, String altered) {
        NegativeTry last = NegativeTry.plan(new ExternalId(id), FRESH).getLast();

        assertThat(last.externalId()).contains(new ExternalId(altered));
        assertThat(last.kind()).isEqualTo(id.chars().anyMatch(Character::isLetter) ? Kind.OTHER_CASE : Kind.OTHER_END);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 40, 611, 612, 613, 1000, 1223, 1224})
    void neverBringsTheIdItselfAndAlwaysAValidOne(int length) {
        RandomGenerator random = new Random(length);
        ExternalId real = id(random, length);

        List<NegativeTry> plan = NegativeTry.plan(real, FRESH);

        assertThat(plan).hasSize(length == ExternalId.MAX_LENGTH ? 3 : 4).doesNotHaveDuplicates();
        assertThat(plan)
                .noneMatch(tried -> tried.externalId().filter(real::equals).isPresent());
    }

    /** Whatever the pattern that lets the ID in: where it has a star, something is let in that is tried. */
    @Test
    void bringsSomethingThatEveryPatternWithAStarLetsIn() {
        RandomGenerator random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            ExternalId real = id(random, 2 + random.nextInt(60));
            String pattern = opened(random, real.value());

            assertThat(NegativeTry.plan(real, FRESH))
                    .as("%s of %s", pattern, real)
                    .anyMatch(tried -> tried.externalId()
                            .filter(id -> isLike(pattern, id.value()))
                            .isPresent());
        }
    }

    @Test
    void bringsSomethingThatAStarAtTheEndOfALongIdLetsIn() {
        ExternalId real = id(new Random(9), 1200);

        assertThat(NegativeTry.plan(real, FRESH))
                .anyMatch(tried -> tried.externalId()
                        .filter(id -> isLike(real.value() + "*", id.value()))
                        .isPresent());
    }

    private static ExternalId id(RandomGenerator random, int length) {
        return new ExternalId(random.ints(length, 0, CHARACTERS.length())
                .mapToObj(i -> CHARACTERS.substring(i, i + 1))
                .collect(Collectors.joining()));
    }

    /** A pattern with one to three stars, and question marks, that fits the ID. */
    private static String opened(RandomGenerator random, String id) {
        String pattern = id;
        for (int stars = 1 + random.nextInt(3); stars > 0; stars--) {
            int from = random.nextInt(pattern.length() + 1);
            int to = from + random.nextInt(pattern.length() - from + 1);
            pattern = pattern.substring(0, from) + "*" + pattern.substring(to);
        }
        return random.nextBoolean() ? pattern.replaceFirst("[a-z]", "?") : pattern;
    }

    private static boolean isLike(String pattern, String text) {
        String regex = pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return text.matches(regex);
    }
}
