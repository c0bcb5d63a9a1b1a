package dev.clockbill.firm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Caller;
import dev.clockbill.http.Http;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads and changes the firm's settings and its logo; says who the caller is. */
public final class Firm implements RequestStreamHandler {
  private final Table table;

  /** Wired from the process's environment. */
  public Firm() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Firm(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /me" -> me(request.caller());
      case "GET /firm" -> read(request.caller().firm()).response();
      case "PATCH /firm" -> change(request);
      case "GET /firm/logo" -> logo(request.caller().firm());
      case "PUT /firm/logo" -> keepLogo(request);
      case "DELETE /firm/logo" -> removeLogo(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  /**
   * Who asks is logged in, and so has accepted their invitation. The user pool does not know that
   * of everybody: who logs in by a provider keeps the status of an invited user.
   */
  private Response me(Caller caller) {
    if (StaffItem.awaitsLogin(caller.member())) {
      table.write(StaffItem.accepted(caller.firm(), caller.staffId()));
    }
    StaffRates rates = StaffRates.of(caller.member());
    return Response.json(
        200,
        Json.object(
            "staffId", caller.staffId(),
            "firmId", caller.firm(),
            "role", caller.role().word(),
            "name", caller.name(),
            "email", caller.email(),
            "hourlyRate", rates.hourlyRate(),
            "rates", rates.rates()));
  }

  private Response change(Request request) {
    request.caller().mustOwn("change its settings");
    return Versioned.change(request, () -> attempt(request)).response();
  }

  private State attempt(Request request) {
    State now = read(request.caller().firm());
    now.settings().mustMatch(request);
    FirmChange change = FirmChange.of(request.fields(), now.settings(), now.messages());
    NumberCounter counter =
        now.counter().of(table, change.settings(), change.settings().day(Time.now()));
    // Another prefix may mean another counter, which continues where this one is.
    long least = Math.max(now.nextNumber(), counter.next());
    long nextNumber = change.nextNumber().orElse(least);
    if (nextNumber < least) {
      throw Problem.invalid(
          "invoicing.nextNumber", "This can only be raised: lower numbers may have been used.");
    }
    boolean sameMessages = change.messages().same(now.messages());
    if (change.settings().equals(now.settings())
        && sameMessages
        && nextNumber == now.nextNumber()) {
      return now;
    }
    FirmSettings changed = change.settings().withVersion(now.settings().version() + 1);
    UnitOfWork unit = table.begin(changed.firmId()).add(FirmItem.change(now.settings(), changed));
    if (!sameMessages) {
      unit.add(now.messages().changed(changed.firmId(), change.messages(), changed.version()));
    }
    BillingMonth.changed(now.settings(), changed, Time.now()).ifPresent(unit::add);
    if (nextNumber != counter.next()) {
      unit.add(counter.raised(nextNumber));
    }
    unit.commit();
    return new State(changed, change.messages(), counter, nextNumber, now.mail());
  }

  private Response logo(String firm) {
    Logo logo = Logo.read(table, firm).orElseThrow(() -> Problem.notFound("logo"));
    return Response.of(200, logo.contentType(), logo.bytes())
        .with("etag", "\"" + logo.hash() + "\"")
        .with("cache-control", "private, no-cache");
  }

  private Response keepLogo(Request request) {
    request.caller().mustOwn("change its logo");
    byte[] bytes = request.content();
    try {
      Logo logo = new Logo(LogoImage.contentType(bytes), bytes);
      changeLogo(request, logo.hash(), logo.kept(request.caller().firm()));
    } catch (LogoImage.Refused refused) {
      throw Problem.invalid("body", refused.getMessage());
    }
    return Response.noContent();
  }

  private Response removeLogo(Request request) {
    request.caller().mustOwn("change its logo");
    changeLogo(request, null, Logo.removed(request.caller().firm()));
    return Response.noContent();
  }

  /**
   * Writes a logo, or removes it, together with what the firm's item says of it.
   *
   * @param hash of the new logo; null where it is removed
   */
  private void changeLogo(Request request, String hash, Write write) {
    Versioned.change(
        request,
        () -> {
          FirmSettings now = FirmItem.read(table, request.caller().firm());
          now.mustMatch(request);
          Letterhead paper = now.letterhead();
          if (Objects.equals(paper.branding().logo(), hash)) {
            return now;
          }
          FirmSettings changed =
              FirmSettingsBuilder.builder(now)
                  .letterhead(paper.withBranding(new Branding(paper.branding().color(), hash)))
                  .version(now.version() + 1)
                  .build();
          table.begin(now.firmId()).add(FirmItem.change(now, changed)).add(write).commit();
          return changed;
        });
  }

  private State read(String firm) {
    Map<String, Item> items = table.get(firm, List.of(FirmItem.KEY, Messages.KEY));
    if (!items.containsKey(FirmItem.KEY)) {
      throw Problem.notFound("firm");
    }
    Item item = items.get(FirmItem.KEY);
    FirmSettings settings = FirmItem.of(item);
    NumberCounter counter = NumberCounter.read(table, settings, settings.day(Time.now()));
    return new State(
        settings,
        Messages.of(items.get(Messages.KEY)),
        counter,
        counter.next(),
        WaitingMails.of(item, Time.now()));
  }

  /** What a person sees of a firm, and the counter of invoice numbers. */
  private record State(
      FirmSettings settings,
      Messages messages,
      NumberCounter counter,
      long nextNumber,
      Optional<WaitingMails> mail) {
    Response response() {
      return Response.json(200, settings.json(nextNumber, messages, WaitingMails.json(mail)))
          .withVersion(settings.version());
    }
  }
}
