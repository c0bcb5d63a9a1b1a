package dev.clockbill.invoice.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clockbill.firm.Service;
import dev.clockbill.firm.Service.Kind;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.Line.Named;
import dev.clockbill.invoice.Line.Price;
import dev.clockbill.shared.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request makes of a line of a fixed amount. */
class FixedFieldsTest {
  private static final Service RETURN =
      new Service("return", "Tax return", 0, null, false, Kind.FIXED, 45_000L, true, 1);
  private static final Service ADVICE =
      new Service("advice", "Advice", 25_000, null, true, Kind.HOURLY, null, true, 1);
  private static final Map<String, Service> SERVICES = Map.of("return", RETURN, "advice", ADVICE);
  private static final Line FEE = Line.fixed("Filing fee", 5_000, false);
  private static final Line TWO =
      Line.fixed("Returns", new Named("return", "Tax return"), price("2", 45_000), 0, true);

  private static Price price(String quantity, long unitAmount) {
    return new Price(new BigDecimal(quantity), unitAmount);
  }

  private static Line created(Object... sent) {
    return read(sent, fields -> fields.created().line());
  }

  private static Line merged(Line present, Object... sent) {
    return read(sent, fields -> fields.merged(present));
  }

  private static Line read(Object[] sent, Function<FixedFields, Line> reading) {
    Fields fields = Fields.of(Json.object(sent));
    Line line = reading.apply(new FixedFields(fields, SERVICES));
    fields.check();
    return line;
  }

  private static Fields unread(Object... sent) {
    return Fields.of(Json.object(sent));
  }

  /** The fields about which something is said. */
  private static List<String> refused(Line present, Object... sent) {
    Fields fields = unread(sent);
    FixedFields reading = new FixedFields(fields, SERVICES);
    assertThat(present == null ? reading.created() : reading.merged(present)).isNull();
    Problem problem = catchThrowableOfType(Problem.class, fields::check);
    assertThat(problem).as("a refusal").isNotNull();
    return problem.errors().stream().map(Problem.FieldError::field).toList();
  }

  private static Map<String, Object> asRead(Line line, Object... changes) {
    Map<String, Object> sent = new LinkedHashMap<>();
    sent.put("description", line.description());
    sent.put("serviceId", line.service() == null ? null : line.service().id());
    sent.put("quantity", line.price() == null ? null : line.price().quantity().toPlainString());
    sent.put("unitAmount", line.price() == null ? null : line.price().unitAmount());
    sent.put("taxable", line.taxable());
    sent.put("amount", line.amount());
    sent.putAll(Json.object(changes));
    return sent;
  }

  private static Line sentBack(Line line, Object... changes) {
    Fields fields = Fields.of(asRead(line, changes));
    Line merged = new FixedFields(fields, SERVICES).merged(line);
    fields.check();
    return merged;
  }

  @Test
  void aServiceBringsItsNameAndItsPrice() {
    Line line = created("serviceId", "return");
    assertThat(line.description()).isEqualTo("Tax return");
    assertThat(line.service()).isEqualTo(new Named("return", "Tax return"));
    assertThat(line.price()).isEqualTo(price("1", 45_000));
    assertThat(line.amount()).isEqualTo(45_000);
    assertThat(line.taxable()).isTrue();
  }

  @Test
  void whatIsSentGoesBeforeWhatTheServiceBrings() {
    Line line =
        created(
            "serviceId", "return", "description", "2026", "quantity", "1.50", "unitAmount", -333);
    assertThat(line.description()).isEqualTo("2026");
    assertThat(line.price()).isEqualTo(price("1.5", -333));
    assertThat(line.amount()).as("half of a cent goes up, away from zero").isEqualTo(-500);
    assertThat(created("serviceId", "advice", "amount", 900).price()).isNull();
    assertThat(created("description", "Copies", "quantity", "1000000", "unitAmount", 7).amount())
        .isEqualTo(7_000_000);
    assertThat(created("description", "Copies", "unitAmount", 7).price()).isEqualTo(price("1", 7));
    assertThat(created("serviceId", "return", "quantity", "2", "amount", 90_000).amount())
        .isEqualTo(90_000);
  }

  @Test
  void anAmountAloneGoesBeforeTheUsualPrice() {
    Line line = created("serviceId", "return", "amount", 40_000);
    assertThat(line.service()).isEqualTo(new Named("return", "Tax return"));
    assertThat(line.price()).isNull();
    assertThat(line.amount()).isEqualTo(40_000);
  }

  @Test
  void whatDoesNotMakeAnAmountIsRefused() {
    assertThat(refused(null, "serviceId", "nobody")).containsExactly("serviceId");
    assertThat(refused(null, "serviceId", "advice")).containsExactly("amount");
    assertThat(refused(null, "serviceId", "advice", "quantity", "2")).containsExactly("unitAmount");
    assertThat(refused(null, "serviceId", "return", "quantity", "1", "amount", 40_000))
        .containsExactly("amount");
    assertThat(refused(null, "unitAmount", 5)).containsExactly("description");
    assertThat(refused(null, "description", "All", "quantity", "2", "unitAmount", 600_000_000))
        .containsExactly("unitAmount");
    assertThat(refused(TWO, "quantity", null)).containsExactly("quantity");
    assertThat(refused(TWO, "unitAmount", null)).containsExactly("unitAmount");
    assertThat(refused(TWO, "amount", 1)).containsExactly("amount");
    assertThat(refused(FEE, "quantity", "2")).containsExactly("unitAmount");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.000", "-1", "1.2345", "1000000.001", "1,5", "1e3", "", "two"})
  void aQuantityIsAboveZeroWithAtMostThreeDecimals(String quantity) {
    assertThat(refused(FEE, "quantity", quantity, "unitAmount", 1)).containsExactly("quantity");
  }

  @Test
  void aLineSentBackAsReadStaysAsItIs() {
    assertThat(sentBack(TWO)).isEqualTo(TWO);
    assertThat(sentBack(FEE)).isEqualTo(FEE);
  }

  @Test
  void theAmountAsReadIsNoWishOfAnybodyBesideAnotherQuantity() {
    assertThat(sentBack(TWO, "quantity", "3").amount()).isEqualTo(135_000);
    assertThat(sentBack(FEE, "quantity", "3", "unitAmount", 100).amount()).isEqualTo(300);
    assertThat(sentBack(TWO, "unitAmount", 1, "amount", 2).amount()).isEqualTo(2);
  }

  @Test
  void whatIsNotNamedIsKept() {
    Line more = merged(TWO, "quantity", "2.125");
    assertThat(more.description()).isEqualTo("Returns");
    assertThat(more.service()).isEqualTo(TWO.service());
    assertThat(more.amount()).isEqualTo(95_625);
    assertThat(merged(FEE, "unitAmount", 100).price()).isEqualTo(price("1", 100));
    Line advice = merged(TWO, "serviceId", "advice");
    assertThat(advice.service()).isEqualTo(new Named("advice", "Advice"));
    assertThat(advice.price()).isEqualTo(TWO.price());
    assertThat(merged(TWO, "serviceId", null).service()).isNull();
  }

  @Test
  void withoutBothThereIsAnAmountAsItIs() {
    Line plain = merged(TWO, "quantity", null, "unitAmount", null);
    assertThat(plain.price()).isNull();
    assertThat(plain.amount()).isEqualTo(90_000);
    assertThat(merged(TWO, "quantity", null, "unitAmount", null, "amount", 7).amount())
        .isEqualTo(7);
  }

  @Property
  void theAmountIsTheProductRoundedHalfUp(
      @ForAll @IntRange(min = 1, max = 1_000_000) int thousandths,
      @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int unitAmount) {
    BigDecimal quantity = BigDecimal.valueOf(thousandths, 3);
    Line line =
        created("description", "x", "quantity", quantity.toPlainString(), "unitAmount", unitAmount);
    long product = Math.abs((long) thousandths * unitAmount);
    long halfUp = (2 * product + 1_000) / 2_000;
    assertThat(line.amount()).isEqualTo(unitAmount < 0 ? -halfUp : halfUp);
    assertThat(sentBack(line)).isEqualTo(line);
  }
}
