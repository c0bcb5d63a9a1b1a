package dev.clockbill.firm;

import dev.clockbill.http.HtmlPage;
import dev.clockbill.http.Response;
import dev.clockbill.mail.Mail;
import dev.clockbill.print.Face;
import dev.clockbill.print.Picture;
import dev.clockbill.shared.Sha256;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A firm's logo, which its PDFs, mails and pay pages show.
 *
 * @param contentType {@code image/png} or {@code image/jpeg}
 * @param bytes the file as it was uploaded
 */
public record Logo(String contentType, byte[] bytes) {
  /** The key of its item. */
  public static final String KEY = "LOGO";

  /** As a mail's template shows it; in what people write no quotation marks are left. */
  private static final String SHOWN = "src=\"" + Face.LOGO_IN_MAIL + "\"";

  private static final String TYPE = "type";
  private static final String FILE = "file";

  /** Reads a firm's logo; empty where it has none. */
  public static Optional<Logo> read(Table table, String firm) {
    return table.get(firm, KEY).map(Logo::of);
  }

  /** Reads its item. */
  public static Logo of(Item item) {
    return new Logo(item.text(TYPE), item.bytes(FILE));
  }

  /** A firm's logo as it was uploaded, for a page behind a secret link. */
  public static Response behindLink(Table table, String firm) {
    return read(table, firm)
        .map(logo -> HtmlPage.unseenByOthers(Response.of(200, logo.contentType(), logo.bytes())))
        .orElseGet(HtmlPage::unknownLink);
  }

  /** The hash that {@link Branding#logo} holds. */
  public String hash() {
    return HexFormat.of().formatHex(Sha256.of(bytes));
  }

  /** The same image for a mail, no finer than screens show it. */
  private Mail.Attachment inMail() {
    return Mail.Attachment.inline(Face.LOGO_ID, "logo.png", "image/png", Picture.onScreen(bytes));
  }

  /** A mail with the firm's logo in it, if it shows one. */
  static Mail into(Mail mail, Table table) {
    return mail.html().contains(SHOWN)
        ? read(table, mail.id().firm()).map(logo -> mail.with(logo.inMail())).orElse(mail)
        : mail;
  }

  /** A mail's page that shows the firm's logo outside of the mail, as in a preview. */
  public static String shownIn(String html, Table table, String firm) {
    return html.contains(SHOWN)
        ? read(table, firm)
            .map(logo -> html.replace(SHOWN, "src=\"" + Picture.data(logo.inMail().bytes()) + "\""))
            .orElse(html)
        : html;
  }

  /** Writes it in place of the one before; the firm's item in the same transaction says which. */
  Write kept(String firm) {
    return Write.upsert(firm, KEY).set(TYPE, contentType).set(FILE, bytes);
  }

  /** Removes it, in the transaction in which the firm's item forgets it. */
  static Write removed(String firm) {
    return Write.delete(firm, KEY);
  }
}
