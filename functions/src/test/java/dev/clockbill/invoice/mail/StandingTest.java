package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.Delivery;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.mail.DeliveryEvent.Kind;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.mail.QueuedMail.State;
import dev.clockbill.table.Item;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * An invoice's first mail, a reminder, and the mail that a person asks for: whatever becomes of
 * each, in every order in which it can be recorded and reported. The invoice's state and delivery
 * follow from what happened and from nothing else.
 */
class StandingTest {
  private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");
  private static final String FIRM = "FIRM";
  private static final String TO = "ann@reader.example";
  private static final Mail.Id FIRST = new Mail.Id(FIRM, MailKind.INVOICE, "INVOICE", 1);
  private static final Mail.Id AGAIN = new Mail.Id(FIRM, MailKind.INVOICE, "INVOICE", 2);
  private static final Mail.Id REMINDER =
      new Mail.Id(FIRM, MailKind.PAYMENT_REMINDER, "INVOICE", 3);

  /** What becomes of a mail, what the mail service reports of it, and what it means. */
  private enum Fate {
    DELIVERED(DeliveryStatus.DELIVERED),
    BOUNCED(DeliveryStatus.BOUNCED),
    COMPLAINED(DeliveryStatus.COMPLAINED),
    REJECTED(DeliveryStatus.FAILED),
    REFUSED(DeliveryStatus.FAILED),
    NEVER(null);

    private final DeliveryStatus means;

    Fate(DeliveryStatus means) {
      this.means = means;
    }

    private List<Kind> events() {
      return switch (this) {
        case DELIVERED -> List.of(Kind.DELAYED, Kind.DELIVERED);
        case BOUNCED -> List.of(Kind.SENT, Kind.BOUNCED);
        case COMPLAINED -> List.of(Kind.DELIVERED, Kind.COMPLAINED);
        case REJECTED -> List.of(Kind.REJECTED);
        case REFUSED, NEVER -> List.of();
      };
    }

    private boolean went() {
      return switch (this) {
        case DELIVERED, BOUNCED, COMPLAINED -> true;
        case REJECTED, REFUSED, NEVER -> false;
      };
    }
  }

  /** A mail as the table keeps it; {@code told} are the events that were reported of it. */
  private record Kept(State state, boolean waits, long follows, boolean rejected, Set<Kind> told) {
    private QueuedMail mail(Mail.Id id) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("rejected", rejected);
      facts.put("follows", follows);
      return new QueuedMail(id, state, TO, null, waits, null, 0, new Item(Item.values(facts)));
    }

    private Kept is(State next, boolean waiting) {
      return new Kept(next, waiting, follows, rejected, told);
    }

    private Kept told(Kind kind) {
      Set<Kind> next = new HashSet<>(told);
      next.add(kind);
      State known = state == State.CLAIMED ? State.SENT : state;
      return new Kept(known, waits, follows, rejected || kind == Kind.REJECTED, Set.copyOf(next));
    }
  }

  /** Everything that the table keeps. */
  private record World(
      InvoiceState state, Delivery delivery, long count, Map<Mail.Id, Kept> mails) {
    private Invoice invoice() {
      return InvoiceBuilder.builder()
          .invoiceId("INVOICE")
          .state(state)
          .delivery(delivery)
          .mails(count)
          .total(25_000)
          .build();
    }

    private MailOfInvoice mail(Mail.Id id) {
      return new MailOfInvoice(
          id, invoice(), Optional.ofNullable(mails.get(id)).map(kept -> kept.mail(id)));
    }

    private World with(Mail.Id id, Kept kept) {
      Map<Mail.Id, Kept> next = new HashMap<>(mails);
      next.put(id, kept);
      return new World(state, delivery, count, Map.copyOf(next));
    }

    private World stands(Standing next) {
      return new World(next.state(), next.delivery(), count, mails);
    }
  }

  /** The fates of the three mails. */
  private record Story(Map<Mail.Id, Fate> fates) {
    private static World beginning() {
      return new World(InvoiceState.SENDING, Delivery.queued(TO, NOW), 1, Map.of())
          .with(FIRST, new Kept(State.QUEUED, false, 0, false, Set.of()));
    }

    /** Every world that can come next. */
    private List<World> next(World world) {
      List<World> next = new ArrayList<>();
      world.mails().forEach((id, kept) -> next.addAll(next(world, id, kept)));
      boolean sendable = world.state() != InvoiceState.SENDING;
      boolean queued = world.delivery().status() == DeliveryStatus.QUEUED;
      if (fates.get(AGAIN) != Fate.NEVER && world.count() == 1 && sendable && !queued) {
        next.add(
            new World(world.state(), Delivery.queued(TO, NOW), 2, world.mails())
                .with(AGAIN, new Kept(State.QUEUED, true, 0, false, Set.of())));
      }
      boolean reminded = world.mails().containsKey(REMINDER);
      boolean fits = sendable && !queued && !world.delivery().status().wentWrong();
      if (fates.get(REMINDER) != Fate.NEVER && !reminded && fits) {
        long follows = world.count();
        next.add(world.with(REMINDER, new Kept(State.CLAIMED, true, follows, false, Set.of())));
      }
      return next;
    }

    private List<World> next(World world, Mail.Id id, Kept kept) {
      List<World> next = new ArrayList<>();
      Fate fate = fates.get(id);
      MailOfInvoice mail = world.mail(id);
      if (kept.state() == State.QUEUED) {
        next.add(world.with(id, kept.is(State.CLAIMED, kept.waits())));
        return next;
      }
      boolean open = mail.carriesInvoice() ? mail.waits() : kept.waits();
      if (open && fate == Fate.REFUSED) {
        World refused = world.with(id, kept.is(State.GIVEN_UP, false));
        next.add(refused.stands(Standing.onceRefused(mail, NOW)));
      } else if (open) {
        World sent = world.with(id, kept.is(State.SENT, false));
        next.add(mail.carriesInvoice() ? sent.stands(Standing.onceSent(mail, NOW)) : sent);
      }
      for (Kind kind : fate.events()) {
        if (!kept.told().contains(kind)) {
          next.add(told(world, id, kind));
        }
      }
      return next;
    }

    private static World told(World world, Mail.Id id, Kind kind) {
      List<QueuedMail> all = new ArrayList<>();
      for (Mail.Id carrier : List.of(FIRST, AGAIN)) {
        world.mail(carrier).queued().ifPresent(all::add);
      }
      DeliveryEvent event = new DeliveryEvent(id, kind, List.of(TO));
      Standing next = Standing.after(event, world.mail(id), all, NOW);
      return world.with(id, world.mails().get(id).told(kind)).stands(next);
    }

    /** What is true at the end, however it came about. */
    private void check(World end) {
      Mail.Id latest = end.count() == 2 ? AGAIN : FIRST;
      boolean went = fates.get(FIRST).went() || (latest.equals(AGAIN) && fates.get(AGAIN).went());
      assertThat(end.state())
          .as("%s: %s", this, end)
          .isEqualTo(went ? InvoiceState.SENT : InvoiceState.UNDELIVERABLE);
      Set<DeliveryStatus> expected = new HashSet<>(Set.of(fates.get(latest).means));
      Kept reminder = end.mails().get(REMINDER);
      DeliveryStatus reminded = fates.get(REMINDER).means;
      if (reminder != null && reminder.follows() == end.count() && reminded.wentWrong()) {
        // Where both went wrong, the first that was reported stays.
        expected.add(reminded);
        expected.remove(DeliveryStatus.DELIVERED);
      }
      assertThat(expected).as("%s: %s", this, end).contains(end.delivery().status());
    }

    /** What is true all the time: nothing is known of a mail that was not sent yet. */
    private void checkOnTheWay(World world) {
      Mail.Id latest = world.count() == 2 ? AGAIN : FIRST;
      if (world.mails().get(latest).state() == State.QUEUED) {
        assertThat(world.delivery().status())
            .as("%s: %s", this, world)
            .isEqualTo(DeliveryStatus.QUEUED);
      }
    }

    /** Goes through every order; gives the number of worlds that were seen. */
    private int tell() {
      Set<World> seen = new HashSet<>();
      Deque<World> open = new ArrayDeque<>(List.of(beginning()));
      while (!open.isEmpty()) {
        World world = open.pop();
        if (!seen.add(world)) {
          continue;
        }
        checkOnTheWay(world);
        again(world);
        List<World> next = next(world);
        if (next.isEmpty()) {
          check(world);
        }
        open.addAll(next);
      }
      return seen.size();
    }

    /** Events come twice: what was reported before changes nothing. */
    private static void again(World world) {
      for (Mail.Id id : world.mails().keySet()) {
        for (Kind kind : world.mails().get(id).told()) {
          World again = told(world, id, kind);
          assertThat(again.state()).isEqualTo(world.state());
          assertThat(again.delivery().status()).isEqualTo(world.delivery().status());
        }
      }
    }
  }

  @Test
  void failure9_theOrderOfNewsDoesNotMatter() {
    int worlds = 0;
    for (Fate first : Fate.values()) {
      for (Fate again : Fate.values()) {
        for (Fate reminder : Fate.values()) {
          if (first != Fate.NEVER) {
            worlds += new Story(Map.of(FIRST, first, AGAIN, again, REMINDER, reminder)).tell();
          }
        }
      }
    }
    assertThat(worlds).isGreaterThan(10_000);
  }
}
