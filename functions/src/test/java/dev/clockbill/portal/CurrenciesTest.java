package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.Pricing;
import dev.clockbill.invoice.Pricing.Totals;
import dev.clockbill.shared.LocalTexts;
import dev.clockbill.shared.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Amounts in every currency that a firm can have, in every country: the portal and the server agree
 * on how they are written and on what they add up to; and what people type is read as they mean it.
 */
@InBrowser
class CurrenciesTest {
  private static final int AMOUNT = 12_345_678;
  private static final List<String> TAGS =
      List.of("en-US", "en-GB", "en-150", "en-DE", "en-JP", "en-CH", "en-BH", "en-IN", "en-SE");

  private Visitor visitor;

  @BeforeEach
  void anyPage(Visitors visitors) {
    visitor = visitors.at(Laptop.firm().owner()).go("/");
  }

  /** Runs a function of the portal's modules, which it imports from {@code core}. */
  private Object run(String script, Object argument) {
    return visitor
        .page()
        .evaluate(
            """
            async (argument) => {
              const script = document.querySelector('script[src]').src;
              const core = (file) => import(script.replace('app.js', `core/${file}.js`));
              %s
            }
            """
                .formatted(script),
            argument);
  }

  @Test
  void thePortalHasTheDecimalsOfTheServer() {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (Currency currency : Currency.getAvailableCurrencies()) {
      if (currency.getDefaultFractionDigits() >= 0) {
        String code = currency.getCurrencyCode();
        String decimal = Money.decimal(AMOUNT, code).toPlainString();
        expected.put(code, List.of(decimal, String.valueOf(AMOUNT)));
      }
    }
    Object shown =
        run(
            """
            const { input, money } = await core('format');
            const { amountTyped } = await core('typed-amounts');
            const [amount, codes] = argument;
            return Object.fromEntries(codes.map((code) => {
              const read = money(amount, code).replaceAll(/[^0-9.]/g, '');
              return [code, [read, String(amountTyped(input(amount, code), code).amount)]];
            }));
            """,
            List.of(AMOUNT, List.copyOf(expected.keySet())));
    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void thePortalAndTheServerWriteAlikeInEveryCountry() {
    List<String> countries =
        Stream.concat(Stream.of("150", "001"), Stream.of(Locale.getISOCountries())).toList();
    List<String> codes =
        Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .toList();
    List<String> expected = new ArrayList<>();
    for (String country : countries) {
      LocalTexts texts = LocalTexts.of(Locale.of("en", country));
      StringBuilder all = new StringBuilder(country);
      codes.forEach(code -> all.append(' ').append(texts.money(-AMOUNT, code)));
      all.append(' ').append(texts.money(5, "EUR")).append(' ').append(texts.money(99_900, "USD"));
      all.append(' ').append(texts.percent(new BigDecimal("8.2500")));
      all.append(' ').append(texts.percent(new BigDecimal("100")));
      all.append(' ').append(texts.time(LocalTime.of(0, 5)));
      all.append(' ').append(texts.time(LocalTime.of(18, 5)));
      // The portal's lists have less room: they shorten the names of months.
      all.append(' ').append(texts.date(LocalDate.of(2026, 11, 5)).replace("November", "Nov"));
      expected.add(all.toString());
    }
    Object shown =
        run(
            """
            const { LocalTexts } = await core('local-texts');
            const [amount, countries, codes] = argument;
            return countries.map((country) => {
              const texts = new LocalTexts(`en-${country}`);
              return [country, ...codes.map((code) => texts.money(-amount, code)),
                texts.money(5, 'EUR'), texts.money(99900, 'USD'), texts.percent('8.2500'),
                texts.percent('100'), texts.time('00:05:00'), texts.time('18:05'),
                texts.date('2026-11-05')].join(' ');
            });
            """,
            List.of(AMOUNT, countries, codes));
    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void failure23_amountsAreReadAsPeopleWriteThem() {
    String cases =
        """
        en-US USD | 1,250.00 | 125000
        en-US USD | $1,250 | 125000
        en-US USD | US$ 1,250 | 125000
        en-US USD | 1250 usd | 125000
        en-US USD | 1 250.5 | 125050
        en-US USD | 1\u00a0250 | 125000
        en-US USD | 1\u202f250,00 | 125000
        en-US USD | 1'250.00 | 125000
        en-US USD | 1.250,00 | 125000
        en-US USD | 1,250,000.5 | 125000050
        en-US USD | 12,5 | 1250
        en-US USD | .5 | 50
        en-US USD | 5. | 500
        en-US USD | 12.5000 | 1250
        en-US USD | −12.50 | -1250
        en-US USD | -$5 | -500
        en-US USD | $-5 | -500
        en-US USD | ($1,250.00) | -125000
        en-US USD | 5- | -500
        en-US USD | １２．５０ | 1250
        en-US USD | \u200e12.50\u200f | 1250
        en-US USD | 1.250 | Do you mean $1,250.00 or $1.25?
        en-US USD | 12.345 | Do you mean $12,345.00? Write it like 220.00.
        en-US USD | 1,25,000 | Do you mean $125,000.00? Write it like 220.00.
        en-US USD | 12.3456 | Write at most 2 decimals.
        en-US USD | 1,2500 | This is not an amount. Write it like 220.00.
        en-US USD | 1,250,00 | This is not an amount. Write it like 220.00.
        en-US USD | 12..5 | This is not an amount. Write it like 220.00.
        en-US USD | 1 2 3 | This is not an amount. Write it like 220.00.
        en-US USD | a lot | This is not an amount. Write it like 220.00.
        en-US USD | 1e3 | This is not an amount. Write it like 220.00.
        en-US USD | €5 | This is in USD. Write the amount without €.
        en-US USD | 5 EUR | This is in USD. Write the amount without EUR.
        en-US USD | 10,000,000.01 | At most $10,000,000.00.
        en-US USD | 99999999999999999999 | At most $10,000,000.00.
        en-DE EUR | 1.250,00 € | 125000
        en-DE EUR | 1.250 | 125000
        en-DE EUR | 12,50 | 1250
        en-DE EUR | 12.50 | 1250
        en-DE EUR | 1,250 | Do you mean 1.250,00\u00a0€ or 1,25\u00a0€?
        en-150 EUR | 1,250 | 125000
        en-150 EUR | 1.250 | Do you mean €1,250.00 or €1.25?
        en-GB GBP | £1,250.00 | 125000
        en-SE SEK | 1 250,50 kr | 125050
        en-SE SEK | 1.250 | Do you mean 1\u00a0250,00\u00a0kr or 1,25\u00a0kr?
        en-SE SEK | 1,250 | Do you mean 1\u00a0250,00\u00a0kr or 1,25\u00a0kr?
        en-CH CHF | 1’250.50 | 125050
        en-CH CHF | CHF 1'250 | 125000
        en-IN INR | ₹1,25,000 | 12500000
        en-IN INR | 12,34,567.50 | 123456750
        en-JP JPY | ¥1,250 | 1250
        en-JP JPY | 100.00 | 100
        en-JP JPY | 12.5 | Write whole JPY, without decimals.
        en-JP JPY | 1.250 | Do you mean ¥1,250? Write it like 220.
        en-BH BHD | 1.250 | 1250
        en-BH BHD | 1,250.500 | 1250500
        en-BH BHD | 1,250 | Do you mean BHD\u00a01,250.000 or BHD\u00a01.250?
        en-BH BHD | 1.2345 | Write at most 3 decimals.
        """;
    Object read =
        run(
            """
            const { LocalTexts } = await core('local-texts');
            const { readAmount } = await core('amounts');
            return argument.map(([tag, currency, rest]) => {
              const typed = rest.split(' | ')[0].slice(2);
              const { amount, problem } = readAmount(typed, currency, new LocalTexts(tag));
              return problem ?? String(amount);
            });
            """,
            cases.lines().map(line -> List.of(line.split(" ", 3))).toList());
    assertThat(read).isEqualTo(cases.lines().map(line -> line.split(" [|] ")[2]).toList());
  }

  @Test
  void whatAFieldShowsIsReadAsWhatItWas() {
    Object wrong =
        run(
            """
            const { LocalTexts } = await core('local-texts');
            const { readAmount } = await core('amounts');
            const wrong = [];
            for (const tag of argument) {
              const texts = new LocalTexts(tag);
              for (const currency of ['USD', 'EUR', 'JPY', 'BHD', 'CHF', 'SEK', 'INR']) {
                for (const amount of [0, 5, 125, 1250, 99999, 100000, 125000, 123456789, -125000]) {
                  for (const text of [texts.number(amount, currency), texts.money(amount, currency)]) {
                    if (readAmount(text, currency, texts).amount !== amount) {
                      wrong.push(`${tag} ${text}`);
                    }
                  }
                }
              }
            }
            return wrong;
            """,
            TAGS);
    assertThat((List<?>) wrong).isEmpty();
  }

  @Test
  void failure23_thePortalAddsUpADraftAsTheServerDoes() {
    Random random = new Random(23);
    List<Map<String, Object>> drafts = new ArrayList<>();
    List<List<Object>> expected = new ArrayList<>();
    for (int draft = 0; draft < 3000; draft++) {
      List<Line> lines = lines(random);
      Discount discount =
          switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> new Discount(BigDecimal.valueOf(random.nextInt(1_000_001), 4), 0);
            default -> new Discount(null, random.nextInt(200_000));
          };
      List<Tax> taxes =
          IntStream.range(0, random.nextInt(4))
              .mapToObj(at -> new Tax("T" + at, BigDecimal.valueOf(random.nextInt(300_001), 4)))
              .toList();
      Totals totals = Pricing.of(lines, discount, taxes);
      List<Object> sums = new ArrayList<>();
      sums.add(totals.subtotal());
      sums.add(totals.discount() == null ? 0 : totals.discount().amount());
      totals.taxes().forEach(tax -> sums.add(tax.amount()));
      sums.add(totals.total());
      expected.add(sums);
      drafts.add(draft(lines, discount, taxes));
    }
    Object computed =
        run(
            """
            const { totals } = await core('pricing');
            return argument.map(({ lines, discount, taxes }) => {
              const sums = totals(lines, discount, taxes);
              return [sums.subtotal, sums.discount?.amount ?? 0,
                ...sums.taxes.map(({ amount }) => amount), sums.total].map(String);
            });
            """,
            drafts);
    assertThat(String.valueOf(computed)).isEqualTo(expected.toString());
  }

  @Test
  void failure4_thePortalMultipliesAsTheServerDoes() {
    Random random = new Random(4);
    List<Map<String, Object>> lines = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int at = 0; at < 3000; at++) {
      BigDecimal quantity = BigDecimal.valueOf(1 + random.nextInt(99_999), random.nextInt(4));
      long unitAmount = random.nextInt(-99_999, 999_999);
      Line.Price price = new Line.Price(quantity, unitAmount);
      lines.add(
          Map.of(
              "quantity",
              price.quantity().toPlainString(),
              "unitAmount",
              (double) unitAmount,
              "typed",
              texts("en-DE").quantity(price.quantity()).replace(".", "")));
      expected.add(price.amount() + " " + price.quantity().toPlainString());
    }
    Object computed =
        run(
            """
            const { priceAmount } = await core('pricing');
            const { readQuantity } = await core('amounts');
            const { LocalTexts } = await core('local-texts');
            const texts = new LocalTexts('en-DE');
            return argument.map((line) => `${priceAmount(line)} ${readQuantity(line.typed, texts).quantity}`);
            """,
            lines);
    assertThat(computed).isEqualTo(expected);
  }

  private static LocalTexts texts(String tag) {
    return LocalTexts.of(Locale.forLanguageTag(tag));
  }

  private static List<Line> lines(Random random) {
    List<Line> lines = new ArrayList<>();
    for (int at = random.nextInt(8); at >= 0; at--) {
      long amount =
          random.nextInt(10) == 0
              ? random.nextLong(1_000_000_000L)
              : random.nextInt(-9_999, 99_999);
      lines.add(Line.fixed("x", amount, random.nextInt(4) > 0));
    }
    return lines;
  }

  private static Map<String, Object> draft(List<Line> lines, Discount discount, List<Tax> taxes) {
    Map<String, Object> draft = new LinkedHashMap<>();
    draft.put(
        "lines",
        lines.stream()
            .map(line -> Map.of("amount", (double) line.amount(), "taxable", line.taxable()))
            .toList());
    draft.put(
        "discount",
        discount == null
            ? null
            : discount.percent() == null
                ? Map.of("amount", (double) discount.asked())
                : Map.of("percent", discount.percent().toPlainString()));
    draft.put(
        "taxes",
        taxes.stream()
            .map(
                tax -> Map.of("name", tax.name(), "ratePercent", tax.ratePercent().toPlainString()))
            .toList());
    return draft;
  }

  @Test
  void failure23_thePortalPricesTimeAsTheServerDoes() {
    Random random = new Random(60);
    List<List<Object>> times = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (int at = 0; at < 1000; at++) {
      int minutes = random.nextInt(100_001);
      int rate = random.nextInt(10) == 0 ? random.nextInt(1_000_000_000) : random.nextInt(50_000);
      times.add(List.of(minutes, rate));
      expected.add(Money.ofTime(minutes, rate));
    }
    Object computed =
        run(
            """
            const { timeAmount } = await core('pricing');
            return argument.map(([billedMinutes, hourlyRate]) =>
              String(timeAmount({ billedMinutes, hourlyRate })));
            """,
            times);
    assertThat(computed).isEqualTo(expected.stream().map(String::valueOf).toList());
  }
}
