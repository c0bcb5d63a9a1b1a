package dev.clockbill;

import java.util.List;

/** The routes of {@code template.yaml}, as {@code GET /invoices/{invoiceId}}. */
public final class Routes {
  private Routes() {}

  /** Those that need a token. */
  public static List<String> withToken() {
    return Project.functions().stream()
        .flatMap(function -> function.routes().stream())
        .filter(route -> !route.open())
        .map(route -> route.method() + " " + route.path())
        .toList();
  }
}
