package dev.clockbill.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.mail.QueuedMail.Claim;
import dev.clockbill.mail.QueuedMail.State;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the table lets happen to a mail when calls and events come late. */
@OnStack
class QueuedMailTest {
  private Table table;
  private Mail.Id id;

  @BeforeEach
  void queueAMail() {
    table = new Table(new Environment(Laptop.stack().environment("MailInvoice")));
    id = new Mail.Id(Ids.next(), MailKind.INVOICE, Ids.next(), 2);
    table.write(QueuedMail.queued(id, "invoice-x-r1", Map.of()));
  }

  private State state() {
    return table.get(id.firm(), id.key()).map(QueuedMail::of).orElseThrow().state();
  }

  private Claim claim() {
    Claim claim = Claim.now();
    table.write(QueuedMail.claimed(id, claim));
    return claim;
  }

  @Test
  void aSendEventThatComesAfterTheClaimWasGivenBackCountsAllTheSame() {
    table.write(QueuedMail.unclaimed(id, claim()));
    table.write(QueuedMail.confirmed(id));
    assertThat(state()).isEqualTo(State.SENT);
    assertThatThrownBy(this::claim).isInstanceOf(ConditionFailed.class);
  }

  @Test
  void whatIsKnownToBeSentIsNotGivenUp() {
    claim();
    table.write(QueuedMail.confirmed(id));
    assertThatThrownBy(() -> table.write(QueuedMail.givenUp(id)))
        .isInstanceOf(ConditionFailed.class);
    assertThat(state()).isEqualTo(State.SENT);
  }

  @Test
  void whatWasNeverSentIsGivenUpAndStaysSo() {
    table.write(QueuedMail.givenUp(id));
    table.write(QueuedMail.givenUp(id));
    assertThatThrownBy(() -> table.write(QueuedMail.confirmed(id)))
        .isInstanceOf(ConditionFailed.class);
    assertThat(state()).isEqualTo(State.GIVEN_UP);
  }

  @Test
  void whatWasRecordedMeanwhileIsNotHandedToAnotherExecution() {
    QueuedMail waiting = QueuedMail.of(table.get(id.firm(), id.key()).orElseThrow());
    claim();
    table.write(QueuedMail.sent(id));
    assertThatThrownBy(() -> table.write(waiting.restarted("invoice-x-r2")))
        .isInstanceOf(ConditionFailed.class);
    assertThat(QueuedMail.of(table.get(id.firm(), id.key()).orElseThrow()).waits()).isFalse();
  }

  @Test
  void onlyWhoHoldsTheClaimGivesItBack() {
    claim();
    assertThatThrownBy(() -> table.write(QueuedMail.unclaimed(id, Claim.now())))
        .isInstanceOf(ConditionFailed.class);
    assertThat(state()).isEqualTo(State.CLAIMED);
  }
}
