package dev.clockbill.local.mail;

/**
 * A file that goes with a mail.
 *
 * @param name its file name
 * @param type its media type
 * @param bytes its content
 * @param contentId by which the mail's page shows it; empty for a file that goes beside it
 */
record Attachment(String name, String type, byte[] bytes, String contentId) {}
