package dev.clockbill.payment;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Unmatched money as people meet it: the list of what is to be looked at. */
public final class UnmatchedList {
  /** The processor's ids are shorter. Source: Stripe's documentation, "Object IDs". */
  private static final int LONGEST_ID = 255;

  private final Table table;

  /** The list in this table. */
  public UnmatchedList(Table table) {
    this.table = table;
  }

  /**
   * Answers {@code GET /payments/unmatched}, newest first.
   *
   * @throws Problem 400 for a wrong limit or cursor
   */
  public Response list(Request request) {
    String firm = request.caller().firm();
    IndexQuery all = IndexQuery.of(Index.LISTED, UnmatchedItem.listed(firm)).reversed();
    Page page = table.page(all, request.limit(), request.query("cursor").orElse(null));
    Map<String, Item> read = table.get(firm, page.items().stream().map(Item::key).toList());
    return Response.json(
        200,
        Json.object(
            "payments",
            page.items().stream()
                .map(item -> read.get(item.key()))
                .filter(Objects::nonNull)
                .filter(UnmatchedItem::open)
                .map(UnmatchedItem::shown)
                .toList(),
            "next",
            page.next()));
  }

  /**
   * Answers {@code DELETE /payments/unmatched/{paymentId}}: an owner says that nothing is left to
   * be done about it. It leaves the list and its invoice's mark in one transaction; nothing else
   * changes. Saying it again changes nothing.
   *
   * @throws Problem 403 {@code owner-only}, 404 {@code payment-not-found}
   */
  public Response settle(Request request) {
    request.caller().mustOwn("say that money is settled");
    return Retry.onConflict(() -> settleOnce(request));
  }

  private Response settleOnce(Request request) {
    Item item =
        Optional.ofNullable(Json.text(request.pathParameters(), "paymentId"))
            .filter(id -> id.length() <= LONGEST_ID)
            .flatMap(id -> table.get(request.caller().firm(), UnmatchedItem.key(id)))
            .orElseThrow(() -> Problem.notFound("payment"));
    if (UnmatchedItem.open(item)) {
      UnitOfWork work =
          table.begin(item.firm()).add(UnmatchedItem.settled(item, UnmatchedItem.Settled.SAID));
      UnmatchedMoney.marking(table, work, item, false)
          .ifPresent(
              change ->
                  change.history(
                      request.caller().name(),
                      UnmatchedItem.amount(item, FirmItem.texts(table, item.firm()))
                          + ", which does not fit the invoice, settled elsewhere"));
      work.commit();
    }
    return Response.noContent();
  }
}
