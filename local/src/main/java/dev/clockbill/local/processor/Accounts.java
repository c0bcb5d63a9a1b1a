package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Connected accounts. An account that was not created here exists anyway and can receive payments,
 * so that data from elsewhere works.
 */
final class Accounts {
  static final String KIND = "account";
  static final String LINK = "account_link";

  /** The supported parameters of a new account. */
  static final Set<String> PARAMETERS =
      Set.of(
          "type",
          "country",
          "email",
          "business_type",
          "default_currency",
          "metadata.*",
          "business_profile.name",
          "business_profile.url",
          "business_profile.product_description",
          "capabilities.card_payments.requested",
          "capabilities.transfers.requested",
          "controller.fees.payer",
          "controller.losses.payments",
          "controller.requirement_collection",
          "controller.stripe_dashboard.type",
          "expand.#");

  /** The supported parameters of an onboarding link. */
  static final Set<String> LINK_PARAMETERS =
      Set.of(
          "account",
          "type",
          "refresh_url",
          "return_url",
          "collection_options.fields",
          "collection_options.future_requirements");

  private static final Duration LINK_VALIDITY = Duration.ofMinutes(5);

  private final String base;
  private final StripeObjects objects;
  private final Callbacks callbacks;
  private final InstantSource clock;

  Accounts(String base, StripeObjects objects, Callbacks callbacks, InstantSource clock) {
    this.base = base;
    this.objects = objects;
    this.callbacks = callbacks;
    this.clock = clock;
  }

  /** Creates an account that cannot receive payments yet. */
  StripeObjects.Entry create(Form form) {
    StripeObjects.Entry account = account(objects.id("acct"), false);
    account
        .object()
        .put("type", form.text("type").orElse("none"))
        .put("country", form.text("country").orElse("US"))
        .put("email", form.text("email").orElse(null))
        .put("default_currency", form.text("default_currency").orElse("usd"));
    ObjectNode metadata = account.object().putObject("metadata");
    form.below("metadata").forEach(metadata::put);
    objects.put(account);
    return account;
  }

  /**
   * An account.
   *
   * @throws StripeError if this is not the id of an account
   */
  StripeObjects.Entry get(String id) {
    if (!id.matches("acct_\\w+")) {
      throw StripeError.missing(KIND, id);
    }
    return objects.find(id).orElseGet(() -> account(id, true));
  }

  private StripeObjects.Entry account(String id, boolean chargesEnabled) {
    ObjectNode account =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("object", KIND)
            .put("type", "standard")
            .put("country", "US")
            .put("default_currency", "usd")
            .put("created", clock.instant().getEpochSecond());
    account.putObject("metadata");
    StripeObjects.Entry entry = new StripeObjects.Entry("", account);
    setUp(entry, chargesEnabled);
    return entry;
  }

  private static void setUp(StripeObjects.Entry account, boolean chargesEnabled) {
    ObjectNode object = account.object();
    object
        .put("charges_enabled", chargesEnabled)
        .put("payouts_enabled", chargesEnabled)
        .put("details_submitted", chargesEnabled);
    object
        .putObject("capabilities")
        .put("card_payments", chargesEnabled ? "active" : "inactive")
        .put("transfers", chargesEnabled ? "active" : "inactive");
    ObjectNode requirements = object.putObject("requirements");
    ArrayNode due = requirements.putArray("currently_due");
    if (!chargesEnabled) {
      due.add("external_account").add("tos_acceptance.date");
    }
    requirements.set("eventually_due", due.deepCopy());
    List.of("past_due", "pending_verification", "errors", "alternatives")
        .forEach(requirements::putArray);
    requirements
        .put("disabled_reason", chargesEnabled ? null : "requirements.past_due")
        .putNull("current_deadline");
  }

  /** Enables or disables payments to an account. */
  Change enable(StripeObjects.Entry account, boolean chargesEnabled) {
    setUp(account, chargesEnabled);
    objects.put(account);
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.set("object", account.object());
    return new Change(account, List.of(callbacks.record("account.updated", account.id(), data)));
  }

  /** Creates a link to the setup page of an account, valid for five minutes. */
  ObjectNode link(Form form) {
    StripeObjects.Entry account = get(form.required("account"));
    form.required("type");
    String id = objects.id("al");
    long now = clock.instant().getEpochSecond();
    ObjectNode link =
        JsonNodeFactory.instance
            .objectNode()
            .put("object", LINK)
            .put("created", now)
            .put("expires_at", now + LINK_VALIDITY.toSeconds())
            .put("url", base + "/_processor/onboarding/" + id);
    ObjectNode kept =
        link.deepCopy()
            .put("id", id)
            .put("return_url", form.required("return_url"))
            .put("refresh_url", form.required("refresh_url"));
    objects.put(new StripeObjects.Entry(account.id(), kept));
    return link;
  }

  /** A link, even if it has expired. */
  Optional<StripeObjects.Entry> findLink(String id) {
    return objects.find(id).filter(entry -> entry.text("object").equals(LINK));
  }

  /** Whether a link is still valid. */
  boolean isValid(StripeObjects.Entry link) {
    return clock.instant().getEpochSecond() < link.number("expires_at");
  }
}
