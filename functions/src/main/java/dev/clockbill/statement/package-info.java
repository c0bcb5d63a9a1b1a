/**
 * What a customer has to pay and has paid: the statement that the firm mails, and the client page,
 * on which the customer sees it and pays several invoices at once.
 */
package dev.clockbill.statement;
