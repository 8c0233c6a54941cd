package dev.sea.integrations.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.aws.KeyPrefix;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, descriptions and prefixes from real languages, and text that deceives. */
class TextTest {
    private static final List<String> TYPES = List.of("NAME", "DESCRIPTION", "PREFIX");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Plant 7",
                "Werk Süd",
                "Usine d'Orléans – n° 3",
                "Łódź, hala 2",
                "İstanbul tesisi",
                "Nhà máy Đà Nẵng",
                "Завод № 7",
                "Εργοστάσιο 7",
                "מפעל דרום",
                "מצנע 7 (Plant 7)",
                "مصنع الجنوب",
                "می\u200Cخواهم",
                "कारख़ाना क्\u200Dष",
                "โรงงานใต้",
                "ស្រុក",
                "工厂七号",
                "第七工場",
                "공장 칠",
                "👩\u200D🏭 shift",
                "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "❤\uFE0F",
                "👍🏽",
                "🇨🇭",
                "1\uFE0F\u20E3",
                "Ⅶ",
                "-"
            })
    void textOfRealLanguagesIsTaken(String text) {
        assertThat(IntegrationName.entered(text).value()).isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC));
        assertThat(Description.entered(text).value()).isEqualTo(text);
        assertThat(KeyPrefix.entered(text).value()).isEqualTo(text + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200B",
                "\u00A0",
                "\u2800",
                "\u3164",
                "\u115F",
                "\uFFA0",
                "\uFEFF",
                "\u00AD",
                "\u200C\u200D",
                "\u2060 \u2063",
                "\u3000\u00A0",
                "\uFE0F",
                "\u180E",
                "\uDB40\uDC67"
            })
    void aNameHasACharacterThatCanBeSeen(String name) {
        assertThatItIsRefused("NAME", name, "NAME_INVISIBLE");
    }

    static Stream<Arguments> turning() {
        return IntStream.of(
                        0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069)
                .boxed()
                .flatMap(c -> TYPES.stream().map(type -> Arguments.of(type, Character.toString(c))));
    }

    @ParameterizedTest
    @MethodSource("turning")
    void nothingTurnsTheDirectionOfWriting(String type, String control) {
        assertThatItIsRefused(type, "Plant " + control + "7 sgnidrocer", type + "_BIDI_CONTROL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u2028", "\u2029", "\u0085"})
    void aNameHasNoLineBreakOfAnyKind(String lineBreak) {
        assertThatItIsRefused("NAME", "Plant" + lineBreak + "7", "NAME_CHARACTERS");
    }

    static List<Arguments> twins() {
        return List.of(
                Arguments.of("Plant 7", "plant 7"),
                Arguments.of("Plant 7", "Plant\u200B 7"),
                Arguments.of("Plant 7", "Plant 7\u200B"),
                Arguments.of("Plant 7", "\uFEFFPlant 7"),
                Arguments.of("Plant 7", "Pl\u00ADant 7"),
                Arguments.of("Plant 7", "Plant\u00A07"),
                Arguments.of("Plant 7", "Plant  7"),
                Arguments.of("Plant 7", "Plant\u20037\u2800"),
                Arguments.of("Plant 7", "Plant \u200B 7"),
                Arguments.of("Plant 7", "Ｐｌａｎｔ　７"),
                Arguments.of("Plant 7", "𝐏lant 7"),
                Arguments.of("Werk Süd", "Werk Su\u0308d"),
                Arguments.of("office", "o\uFB03ce"),
                Arguments.of("ガス", "ｶﾞｽ"),
                Arguments.of("می\u200Cخواهم", "میخواهم"),
                Arguments.of("❤", "❤\uFE0F"),
                Arguments.of("ΟΔΟΣ", "οδος"),
                Arguments.of("STRASSE Å", "strasse \u212B"));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void namesThatLookAlikeHaveOneClaim(String one, String other) {
        assertThat(IntegrationName.entered(other).claim())
                .isEqualTo(IntegrationName.entered(one).claim());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void aClaimIsItsOwnClaim(String one, String other) {
        for (String name : List.of(one, other)) {
            String claim = IntegrationName.entered(name).claim();
            assertThat(IntegrationName.entered(claim).claim()).isEqualTo(claim);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Plant 7,Plant7",
        "Plant 7,Plant 8",
        "Werk Süd,Werk Sud",
        "工厂,工廠",
        "か,が",
        "👍🏽,👍",
        "👩🏭,👩🚒",
        "ı,i",
        "-,_"
    })
    void namesThatDifferHaveTheirOwn(String one, String other) {
        assertThat(IntegrationName.entered(other).claim())
                .isNotEqualTo(IntegrationName.entered(one).claim());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Plant 7", "werk süd", "Завод № 7", "第七工場", "مصنع الجنوب"})
    void usualNamesKeepTheClaimThatTheyHad(String name) {
        IntegrationName it = IntegrationName.entered(name.replace("№", "N"));

        assertThat(it.claim()).isEqualTo(it.formerClaim());
    }

    private static Object made(String type, String text) {
        return switch (type) {
            case "NAME" -> IntegrationName.entered(text);
            case "DESCRIPTION" -> Description.entered(text);
            default -> KeyPrefix.entered(text);
        };
    }

    private static void assertThatItIsRefused(String type, String text, String code) {
        assertThatThrownBy(() -> made(type, text))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        violation -> assertThat(violation.code()).isEqualTo(code));
    }
}
