package io.leadpulse.domain.probability;

import static io.leadpulse.domain.probability.TypicalSizes.Likeness.CAMPAIGN;
import static io.leadpulse.domain.probability.TypicalSizes.Likeness.COMPANY;
import static io.leadpulse.domain.probability.TypicalSizes.Likeness.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.probability.TypicalSizes.Typical;
import org.junit.jupiter.api.Test;

class TypicalSizesTest {
    private final TypicalSizes sizes = new TypicalSizes();

    @Test
    void theClosestLikenessOfWhichThereAreEnoughCounts() {
        sizes.add(PRODUCT, "pump", 5, 1_002);
        sizes.add(PRODUCT, "valve", 4, 4_000);
        sizes.add(CAMPAIGN, "fair", 6, 6_003);
        sizes.add(COMPANY, null, 9, 5_002);

        assertThat(sizes.of("pump", "fair")).contains(new Typical(200, PRODUCT, "pump", 5));
        assertThat(sizes.of("valve", "fair")).contains(new Typical(1_001, CAMPAIGN, "fair", 6));
        assertThat(sizes.of("valve", "other")).contains(new Typical(556, COMPANY, null, 9));
        assertThat(sizes.of(null, null)).contains(new Typical(556, COMPANY, null, 9));
    }

    @Test
    void tooFewDealsOrNoMoneyAreNoSize() {
        assertThat(sizes.of("pump", null)).isEmpty();
        sizes.add(COMPANY, null, 4, 4_000);
        assertThat(sizes.of("pump", null)).isEmpty();
        sizes.add(COMPANY, null, 1, 1_000);
        assertThat(sizes.of("pump", null)).contains(new Typical(1_000, COMPANY, null, 5));
        sizes.add(COMPANY, null, 1, -5_000);
        assertThat(sizes.of("pump", null)).isEmpty();
    }
}
