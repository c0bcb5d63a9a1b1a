/** Demonstration data: a file of HTTP requests that are made when the data folder is new. */
package dev.clockbill.local.demo;
