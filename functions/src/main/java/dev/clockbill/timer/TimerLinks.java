package dev.clockbill.timer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.StaffItem;
import dev.clockbill.firm.StaffRates;
import dev.clockbill.http.HtmlPage;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Secret;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signed pages behind the reminder of a timer: public. Opening one changes nothing, since mail
 * scanners open every link; its button stops the timer at the stated time, or says "still working".
 * The links are out of date as soon as their person's access has ended.
 */
public final class TimerLinks implements RequestStreamHandler {

  private final Table table;
  private final TimerStop stop;
  private final Secret secrets;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public TimerLinks() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public TimerLinks(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.stop = new TimerStop(table, new TimeWorkflow(environment));
    this.secrets = new Secret(environment, "TIMER_LINK_SECRET_PARAMETER");
    this.baseUrl = environment.required("BASE_URL");
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    boolean pressed =
        switch (request.route()) {
          case "GET /timer-links/{token}" -> false;
          case "POST /timer-links/{token}" -> true;
          default -> throw Http.unknownRoute(request);
        };
    return link(Json.text(request.pathParameters(), "token"))
        .map(link -> Retry.onConflict(() -> page(link, pressed)))
        .map(page -> HtmlPage.page(200, Templates.html("timer-link", page), "'self'"))
        .orElseGet(HtmlPage::unknownLink);
  }

  private Optional<TimerLink> link(String token) {
    return TimerLink.of(token, secrets.value()).or(() -> TimerLink.of(token, secrets.renewed()));
  }

  private TimerLinkPage page(TimerLink link, boolean pressed) {
    String timerKey = TimerItem.key(link.staffId());
    String entryKey = TimeEntryItem.key(link.timerId());
    String staffKey = StaffItem.key(link.staffId());
    Map<String, Item> read =
        table.get(link.firmId(), List.of(FirmItem.KEY, timerKey, entryKey, staffKey));
    Instant now = Time.now();
    var pages = new TimerLinkPage.Pages(FirmItem.of(read.get(FirmItem.KEY)), now, baseUrl);
    if (link.outOfDate(now)) {
      return pages.outOfDate();
    }
    if (!StaffItem.active(read.get(staffKey))) {
      return pages.accessEnded();
    }
    if (read.containsKey(entryKey)) {
      return pages.stoppedBefore(TimeEntryItem.of(read.get(entryKey)));
    }
    StaffRates rates = StaffRates.of(read.get(staffKey));
    return Optional.ofNullable(read.get(timerKey))
        .map(TimerItem::of)
        .filter(timer -> timer.timerId().equals(link.timerId()))
        .map(timer -> page(link, timer, rates, pages, pressed))
        .orElseGet(pages::gone);
  }

  private TimerLinkPage page(
      TimerLink link, Timer timer, StaffRates rates, TimerLinkPage.Pages pages, boolean pressed) {
    if (link.stopAt() == null) {
      return working(link, timer, pages, pressed);
    }
    if (link.stopAt().isBefore(timer.startedAt())) {
      return pages.outOfDate(); // Its start was corrected to a later time since.
    }
    if (!pressed) {
      return pages.stop(timer, link.stopAt());
    }
    Work work = Work.read(table, link.firmId(), rates, timer.customerId(), timer.serviceId());
    return pages.stopped(stop.stop(link.firmId(), timer, work, link.stopAt(), pages.now()));
  }

  private TimerLinkPage working(
      TimerLink link, Timer timer, TimerLinkPage.Pages pages, boolean pressed) {
    Instant said = timer.stillWorkingAt();
    if (said != null && !said.isBefore(link.sentAt())) {
      return pages.notedBefore(timer);
    }
    if (!pressed) {
      return pages.working(timer);
    }
    table.write(TimerItem.stillWorking(link.firmId(), timer, pages.now()));
    return pages.noted(timer);
  }
}
