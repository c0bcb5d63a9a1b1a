package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The processor says that we have no access to an account: because its firm has disconnected it and
 * the news of that are lost, or because our key is one of another platform, against the stack.
 */
@StoppedClock
class LostAccountsTest {
  private static final Api API = Laptop.api();
  private static final String SETUP = "/payments/setup";

  /** The accounts of all tests: those of earlier ones are still asked about. */
  private static final Set<String> ACCOUNTS = new LinkedHashSet<>();

  private DueInvoice due;
  private TestFirm firm;
  private TestFirm other;

  @BeforeEach
  void sendAnInvoice() {
    due = DueInvoice.make();
    firm = due.firm();
    other = Laptop.firm();
    account(firm);
    account(other);
  }

  @AfterEach
  void connectAll() {
    ACCOUNTS.forEach(account -> PaidInvoice.connect(account, true));
  }

  private static String account(TestFirm of) {
    String account = of.owner().get(SETUP).expect(200).path("accountId").asText();
    ACCOUNTS.add(account);
    return account;
  }

  private static String status(TestFirm of) {
    return of.owner().get("/firm").expect(200).path("payments").path("status").asText();
  }

  private static List<String> notices(TestFirm of) {
    return of.mails("ownerNotice").stream().map(mail -> mail.path("subject").asText()).toList();
  }

  @Test
  void aWrongKeyDisconnectsNobody() {
    String open = due.checkout();
    ACCOUNTS.forEach(account -> PaidInvoice.connect(account, false));
    // Nobody hears of the payment; the checkout's end comes, and it is asked about.
    API.post(open, Api.json("outcome", "paid")).expect(200);
    Laptop.advance("PT1H10M");
    assertThat(due.press().status()).isEqualTo(409);
    assertThat(other.owner().post(SETUP).word()).isEqualTo("processor-unavailable");
    Laptop.skip(Duration.ofHours(25));
    for (TestFirm each : List.of(firm, other)) {
      assertThat(status(each)).isEqualTo("ready");
      assertThat(notices(each)).isEmpty();
    }
    // After a day an owner may begin anew, and once more while the new account is not set up.
    String lost = account(other);
    other.owner().post(SETUP).expect(201);
    String next = account(other);
    PaidInvoice.connect(next, false);
    other.owner().post(SETUP).expect(201);
    assertThat(account(other)).isNotIn(lost, next);
    connectAll();
    Laptop.advance("PT1H5M");
    due.assertPaidOnce();
  }

  @Test
  void whoIsLostAmongOthersIsMissingAndComesBackByItselfUnlessReplaced() {
    account(Laptop.firm());
    account(Laptop.firm());
    String back = account(firm);
    String replaced = account(other);
    String open = due.checkout();
    PaidInvoice.connect(back, false);
    PaidInvoice.connect(replaced, false);
    API.post(open, Api.json("outcome", "paid")).expect(200);
    Laptop.advance("PT1H10M");
    for (TestFirm each : List.of(firm, other)) {
      assertThat(status(each)).isEqualTo("missing");
      assertThat(notices(each)).containsExactly("Your payments account is disconnected");
    }
    other.owner().post(SETUP).expect(201);
    String next = account(other);
    assertThat(next).isNotEqualTo(replaced);
    connectAll();
    Laptop.advance("PT1H10M");
    assertThat(status(firm)).isEqualTo("ready");
    assertThat(account(firm)).isEqualTo(back);
    assertThat(notices(firm))
        .containsExactly(
            "Your payments account is connected again", "Your payments account is disconnected");
    due.assertPaidOnce();
    assertThat(account(other)).isEqualTo(next);
    assertThat(status(other)).isEqualTo("pending");
  }
}
