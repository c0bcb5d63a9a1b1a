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

  /** Not part of Stripe's link, which can be used once. */
  private static final String VISITED = "visited";

  /** Not part of Stripe's account: it is no longer shown then. */
  private static final String REVOKED = "revoked";

  private final String base;
  private final boolean live;
  private final StripeObjects objects;
  private final Callbacks callbacks;
  private final InstantSource clock;

  Accounts(
      ProcessorSettings settings, StripeObjects objects, Callbacks callbacks, InstantSource clock) {
    this.base = settings.base();
    this.live = settings.live();
    this.objects = objects;
    this.callbacks = callbacks;
    this.clock = clock;
  }

  /**
   * Creates an account that cannot receive payments yet.
   *
   * @throws StripeError saying what is wrong with its parameters
   */
  StripeObjects.Entry create(Form form) {
    if (form.text("type").isPresent() && !form.below("controller").isEmpty()) {
      throw StripeError.wrongParameter(
          "parameters_exclusive",
          "type",
          "You may not provide the `type` and `controller` parameters at once.");
    }
    Formats.country(form, "country");
    Formats.email(form, "email");
    Formats.url(form, "business_profile.url", live);
    form.text("default_currency")
        .ifPresent(currency -> Formats.currency("default_currency", currency));
    if (form.text("controller.stripe_dashboard.type").filter("none"::equals).isPresent()
        && form.below("capabilities").isEmpty()) {
      throw StripeError.missingParameter("capabilities");
    }
    StripeObjects.Entry account = account(objects.id("acct"), false);
    ObjectNode controller =
        account
            .object()
            .putObject("controller")
            .put("is_controller", true)
            .put("type", "application");
    controller.putObject("fees").put("payer", form.text("controller.fees.payer").orElse("account"));
    controller
        .putObject("losses")
        .put("payments", form.text("controller.losses.payments").orElse("stripe"));
    controller
        .putObject("stripe_dashboard")
        .put("type", form.text("controller.stripe_dashboard.type").orElse("full"));
    controller.put(
        "requirement_collection", form.text("controller.requirement_collection").orElse("stripe"));
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
    StripeObjects.Entry account = known(id);
    if (isRevoked(account)) {
      throw StripeError.noAccess(id);
    }
    return account;
  }

  /** The same for what happens at the processor itself, whoever has access to the account. */
  StripeObjects.Entry known(String id) {
    return objects.find(id).orElseGet(() -> account(id, true));
  }

  /**
   * Refuses calls for an account that the platform has no access to.
   *
   * @throws StripeError {@code account_invalid}
   */
  void mustBeConnected(String id) {
    if (!id.matches("acct_\\w+") || objects.find(id).filter(Accounts::isRevoked).isPresent()) {
      throw StripeError.noAccess(id);
    }
  }

  /**
   * Refuses payments to an account that is not set up.
   *
   * @throws StripeError saying so
   */
  void mustTakePayments(String id) {
    if (!id.isEmpty() && !get(id).object().path("charges_enabled").asBoolean()) {
      throw StripeError.invalid("", "", "Your account cannot currently make charges.");
    }
  }

  /**
   * The platform's access to an account ends, or is there again. Without it the platform can do
   * nothing in the account, and is told nothing of it.
   */
  void connect(String id, boolean connected) {
    StripeObjects.Entry account = known(id);
    if (connected) {
      account.object().remove(REVOKED);
    } else {
      account.object().put(REVOKED, true);
    }
    objects.put(account);
    callbacks.connect(id, connected);
  }

  private static boolean isRevoked(StripeObjects.Entry account) {
    return account.object().path(REVOKED).asBoolean();
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
    form.required("type");
    form.required("return_url");
    form.required("refresh_url");
    Formats.url(form, "return_url", live);
    Formats.url(form, "refresh_url", live);
    StripeObjects.Entry account = get(form.required("account"));
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

  /** A link is visited: whether that was the first time, and in time. */
  boolean visit(StripeObjects.Entry link) {
    boolean valid =
        clock.instant().getEpochSecond() < link.number("expires_at") && !link.object().has(VISITED);
    link.object().put(VISITED, true);
    objects.put(link);
    return valid;
  }
}
