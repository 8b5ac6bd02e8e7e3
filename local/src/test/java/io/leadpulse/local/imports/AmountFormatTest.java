package io.leadpulse.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USD | . | '' | 1054      | 1054.00",
                "USD | . | '' | 0.5       | 0.50",
                "USD | . | '' | 10.500    | 10.50",
                "EUR | , | .  | 1.350,00  | 1350.00",
                "EUR | , | .  | 1350,5    | 1350.50",
                "EUR | , | ' ' | 1 234 567 | 1234567.00",
                "JPY | . | ,  | 1,350     | 1350",
                "KWD | . | '' | 1.005     | 1.005",
            })
    void amountsGetThePlacesOfTheirCurrency(
            String currency, String decimal, String thousands, String text, String expected) throws RowException {
        assertThat(new AmountFormat(Currency.getInstance(currency), decimal, thousands).normalise(text))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USD | . | ''  | 1,054",
                "USD | . | ,   | 1,35",
                "USD | . | ,   | 1054,000",
                "EUR | , | .   | 10.50",
                "USD | . | ''  | 10.005",
                "JPY | . | ''  | 0.5",
                "USD | . | ''  | -5",
                "USD | . | ''  | 1e3",
                "USD | . | ''  | NaN",
                "USD | . | ''  | $5",
                "USD | . | ''  | 5.",
                "USD | . | ''  | ٥",
            })
    void whatWouldHaveToBeGuessedOrRoundedIsRefused(String currency, String decimal, String thousands, String text) {
        AmountFormat format = new AmountFormat(Currency.getInstance(currency), decimal, thousands);

        assertThatThrownBy(() -> format.normalise(text))
                .isInstanceOfSatisfying(
                        RowException.class, e -> assertThat(e.reason()).isEqualTo(RowReason.INVALID_AMOUNT));
    }
}
