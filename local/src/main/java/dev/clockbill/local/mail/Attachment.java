package dev.clockbill.local.mail;

/**
 * A file that goes with a mail.
 *
 * @param name its file name
 * @param type its media type
 * @param bytes its content
 */
record Attachment(String name, String type, byte[] bytes) {}
