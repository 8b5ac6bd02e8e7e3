package io.leadpulse.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever a file holds, it is a configuration or a list of problems. */
class ConfigReaderPropertyTest {

    private static final String REFERENCE = ConfigFilesTest.shipped("reference.yaml");
    private static final String[] PIECES = {
        "\t",
        ":",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!int ",
        "null",
        "-1",
        ".nan",
        "\n",
        "  ",
        "\"",
        "'",
        "#",
        "? ",
        "|\n",
        ">",
        "1e9999",
        "0x1F",
        "---\n",
        "%",
        "<<: ",
        "\u0000",
        "\uD800",
        "é",
        "company: "
    };

    @Property(tries = 300, seed = "20261122")
    void anyTextIsReadOrRefused(@ForAll @StringLength(max = 200) String text) {
        readOrRefused(text);
    }

    @Property(tries = 300, seed = "20261122")
    void aDamagedReferenceIsReadOrRefused(
            @ForAll @Size(min = 1, max = 4) int[] places, @ForAll @IntRange(min = 0, max = 29) int piece) {
        StringBuilder damaged = new StringBuilder(REFERENCE);
        for (int place : places) {
            damaged.insert(Math.floorMod(place, damaged.length()), PIECES[piece]);
        }

        readOrRefused(damaged.toString());
    }

    @Property(tries = 200, seed = "20261122")
    void aReferenceWithALineLessIsReadOrRefused(@ForAll @IntRange(min = 0, max = 400) int line) {
        String[] lines = REFERENCE.split("\n", -1);
        lines[line % lines.length] = "";

        readOrRefused(String.join("\n", lines));
    }

    private static void readOrRefused(String text) {
        try {
            assertThat(ConfigReader.parse(text)).isNotNull();
        } catch (InvalidConfigException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.toString())
                    .doesNotContain("\n"));
        }
    }
}
