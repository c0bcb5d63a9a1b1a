package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.shared.Money;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Amounts in every currency that a firm can have: the portal and the server agree. */
@InBrowser
class CurrenciesTest {
  private static final int AMOUNT = 12_345_678;

  @Test
  void thePortalHasTheDecimalsOfTheServer(Visitors visitors) {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (Currency currency : Currency.getAvailableCurrencies()) {
      if (currency.getDefaultFractionDigits() >= 0) {
        String code = currency.getCurrencyCode();
        String decimal = Money.decimal(AMOUNT, code).toPlainString();
        expected.put(code, List.of(decimal, decimal, String.valueOf(AMOUNT)));
      }
    }
    Object shown =
        visitors
            .at(Laptop.firm().owner())
            .go("/")
            .page()
            .evaluate(
                """
                async ([amount, codes]) => {
                  const script = document.querySelector('script[src]').src;
                  const { amountOf, input, money } =
                    await import(script.replace('app.js', 'core/format.js'));
                  return Object.fromEntries(codes.map((code) => {
                    const typed = input(amount, code);
                    const read = money(amount, code).replaceAll(/[^0-9.]/g, '');
                    return [code, [typed, read, String(amountOf(typed, code))]];
                  }));
                }
                """,
                List.of(AMOUNT, List.copyOf(expected.keySet())));
    assertThat(shown).isEqualTo(expected);
  }
}
