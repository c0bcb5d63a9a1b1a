package dev.clockbill.local.template;

import java.util.Map;
import java.util.Set;

/**
 * What a template says of the mail service.
 *
 * @param identities the domains and addresses that mails may come from
 * @param configurationSets by name, the event types that each of them publishes, such as {@code
 *     BOUNCE}
 */
public record MailEntry(Set<String> identities, Map<String, Set<String>> configurationSets) {}
