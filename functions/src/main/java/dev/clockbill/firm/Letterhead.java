package dev.clockbill.firm;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What stands on a firm's paper beside its name: how to reach it, what it is registered as, where
 * to transfer money to, and its look.
 *
 * @param phone as people write it; may be null
 * @param website with http or https; may be null
 * @param taxId such as a VAT number; may be null
 */
@RecordBuilder
public record Letterhead(
    Postal postal, String phone, String website, String taxId, Bank bank, Branding branding)
    implements LetterheadBuilder.With {
  /** Nothing known. */
  public static final Letterhead NONE =
      new Letterhead(Postal.NONE, null, null, null, Bank.NONE, Branding.NONE);
}
